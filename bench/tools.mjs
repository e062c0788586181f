// The measuring programs, each run for some seconds and read into numbers.
import { execFile, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
export const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

const unit = { us: 0.001, ms: 1, s: 1000, m: 60_000 };
const milliseconds = (text) => {
  const [, number, suffix] = /^([\d.]+)(us|ms|s|m)$/.exec(text);
  return Number(number) * unit[suffix];
};

// wrk: { rate: requests a second, p50, p99: ms, errors: answers that were not 2xx or 3xx, and broken sockets }
export async function wrk(url, { seconds, connections = 64, threads = 1, script, header = {}, args = [] }) {
  const { stdout } = await run("wrk", ["-t", threads, "-c", connections, "-d", `${seconds}s`, "--latency", "--timeout", "10s",
    ...Object.entries(header).flatMap(([name, value]) => ["-H", `${name}: ${value}`]),
    ...(script ? ["-s", script] : []), url, ...(args.length ? ["--", ...args] : [])].map(String));
  const number = (pattern) => Number(pattern.exec(stdout)?.[1] ?? 0);
  const sockets = /Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)/.exec(stdout);
  return {
    rate: number(/Requests\/sec:\s+([\d.]+)/),
    p50: milliseconds(/^\s+50%\s+(\S+)/m.exec(stdout)[1]),
    p99: milliseconds(/^\s+99%\s+(\S+)/m.exec(stdout)[1]),
    errors: number(/Non-2xx or 3xx responses: (\d+)/) + (sockets ? sockets.slice(1).reduce((sum, n) => sum + Number(n), 0) : 0),
  };
}

// PostgreSQL's own client, one row upserted in each transaction: the yardstick for a durable write.
export async function pgbench(server, directory, { seconds, clients = 32 }) {
  await run("psql", [server, "-q", "-c",
    "CREATE TABLE IF NOT EXISTS yardstick(id BIGINT PRIMARY KEY, value BIGINT NOT NULL, at BIGINT NOT NULL)"]);
  const script = join(directory, "upsert.sql");
  await writeFile(script, `\\set id random(1, 100000)
INSERT INTO yardstick(id, value, at) VALUES (:id, 1, 1) ON CONFLICT (id) DO UPDATE SET value = yardstick.value + 1;
`);
  const { stdout } = await run("pgbench", ["-n", "-M", "prepared", "-c", String(clients), "-j", "2", "-T", String(seconds), "-f",
    script, server]);
  return { rate: Number(/tps = ([\d.]+)/.exec(stdout)[1]) };
}

// nginx serving one file from memory's page cache, as its own manual sets it up for speed.
export async function nginx(directory, port, body) {
  await mkdir(join(directory, "html"), { recursive: true });
  await writeFile(join(directory, "html", "page.html"), body);
  await writeFile(join(directory, "nginx.conf"), `daemon off; pid ${directory}/nginx.pid; worker_processes 2;
error_log ${directory}/error.log; events { worker_connections 4096; }
http { access_log off; sendfile on; tcp_nopush on; tcp_nodelay on; keepalive_requests 1000000; open_file_cache max=100;
  default_type text/html; charset utf-8;
  client_body_temp_path ${directory}/t1; proxy_temp_path ${directory}/t2; fastcgi_temp_path ${directory}/t3;
  uwsgi_temp_path ${directory}/t4; scgi_temp_path ${directory}/t5;
  server { listen 127.0.0.1:${port} backlog=1024; root ${directory}/html; } }
user ${process.getuid() === 0 ? "root" : process.env.USER};
`);
  const server = spawn("nginx", ["-p", directory, "-c", join(directory, "nginx.conf")], { stdio: "ignore" });
  const url = `http://127.0.0.1:${port}/page.html`;
  for (let tries = 0; tries < 100; ++tries) {
    if (await fetch(url).then((answer) => answer.ok, () => false)) break;
    await new Promise((later) => setTimeout(later, 50));
  }
  return { url, stop: () => server.kill("SIGTERM") };
}

// The processor time a process has used so far, in the program and in the kernel for it.
export function processorSeconds(pid) {
  const [, user, system] = /\) (?:\S+ ){11}(\d+) (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, "utf8"));
  return (Number(user) + Number(system)) / 100;  // the kernel's clock ticks
}

// Resident memory of a process now, in MB (as /proc tells, shared pages of libraries included).
export async function residentMegabytes(pid) {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)[1]) / 1024;
}
