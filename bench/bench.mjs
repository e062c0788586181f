// Every measurement of bench/run, in one run, printed as one table. Rates are medians of three rounds in which danchu
// and its yardstick take turns, so that a noisy moment hits both.
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { connect } from "node:net";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { promisify } from "node:util";
import { meetingsWithNotice, propose, villageHead } from "../tests/lib/assembly.mjs";
import { Danchu, freePort } from "../tests/lib/danchu.mjs";
import { freshDatabase } from "../tests/lib/postgresql.mjs";
import { median, nginx, pgbench, processorSeconds, residentMegabytes, wrk } from "./tools.mjs";

const run = promisify(execFile);
const seconds = Number(process.argv[2] ?? 5);
const rounds = 3;
const rows = [];
const directory = await mkdtemp(join(tmpdir(), "danchu-bench-"));
const dayInSonLa = (time) => new Date(time + 7 * 3_600_000).toISOString().slice(0, 10);
const tenDaysAgo = `${dayInSonLa(Date.now() - 10 * 86_400_000)}T08:00`;  // when halls are called that meet today
const halls = 8;  // where ticks are written at the same time: the ticks of one hall wait for one another on PostgreSQL
const thousands = (n) => Math.round(n).toLocaleString("en-US");

function row(what, measured, yardstick, ratio, budget, kept) {
  rows.push([what, measured, yardstick, ratio, budget, kept ? "yes" : "**no**"]);
  console.error(rows.at(-1).join(" | "));
}

async function takingTurns(...measurements) {
  const results = measurements.map(() => []);
  for (let round = 0; round < rounds; ++round)
    for (const [n, measure] of measurements.entries()) results[n].push(await measure());
  return results.map((all) => ({
    rate: median(all.map(({ rate }) => rate)),
    p50: median(all.map(({ p50 }) => p50 ?? 0)),
    p99: median(all.map(({ p99 }) => p99 ?? 0)),
    processor: median(all.map(({ processor }) => processor ?? 0)),  // seconds a request
    errors: all.reduce((sum, { errors }) => sum + (errors ?? 0), 0),
  }));
}

async function cachedPage(danchu) {
  const page = `${danchu.url}/`;
  const body = Buffer.from(await (await fetch(page, { headers: { "accept-encoding": "identity" } })).arrayBuffer());
  const files = join(directory, "nginx");
  await mkdir(files);
  const yardstick = await nginx(files, await freePort(), body);
  const [ours, theirs] = await takingTurns(() => wrk(page, { seconds }), () => wrk(yardstick.url, { seconds }));
  yardstick.stop();
  row(`cached page (home, ${thousands(body.length)} bytes, uncompressed), 64 connections`,
    `${thousands(ours.rate)}/s, p99 ${ours.p99.toFixed(1)} ms, ${ours.errors} errors`, `nginx ${thousands(theirs.rate)}/s`,
    (ours.rate / theirs.rate).toFixed(2), "≥ 0.8", ours.rate >= 0.8 * theirs.rate && !ours.errors);
}

async function builtPage(danchu) {
  const { head: client, village: list } = await villageHead(danchu);  // pages of who is signed in are never cached
  for (let n = 0; n < 50; ++n) await (await propose(client, list, `Việc thử tải số ${n}`)).text();
  const header = { cookie: client.cookie };
  const size = (await (await client.request(list, { headers: { accept: "text/html" } })).text()).length;
  const [ours] = await takingTurns(async () => {
    const before = processorSeconds(danchu.process.pid);
    const one = await wrk(danchu.url + list, { seconds, header: { ...header, accept: "text/html" } });
    return { ...one, processor: (processorSeconds(danchu.process.pid) - before) / (one.rate * seconds) };
  });
  const perCore = 1 / ours.processor;  // wrk needs a part of both cores: what danchu itself used counts
  row(`page built from the store (${list}, ${thousands(size)} characters), 64 connections`,
    `${thousands(ours.rate)}/s, p99 ${ours.p99.toFixed(1)} ms, ${ours.errors} errors`, "–",
    `${thousands(perCore)}/s a core of its own`, "≥ 8,000/s a core", perCore >= 8000 && !ours.errors);
}

async function durableWrites(danchu, engine, server, least, longest) {
  const times = Array.from({ length: halls }, (_, n) => `${dayInSonLa(Date.now())}T${String(8 + n).padStart(2, "0")}:30`);
  const meetings = await meetingsWithNotice(danchu, times);
  await danchu.useRealTime();
  const { head: client } = await villageHead(danchu);
  const paths = [];
  for (const { meeting } of meetings)
    for (const { id } of (await client.json(`${meeting}/diem-danh`)).ticks) paths.push(`${meeting}/diem-danh/${id}`);
  const script = new URL("submit.lua", import.meta.url).pathname;
  const args = [client.cookie, danchu.url, paths.join(",")];
  await pgbench(server, directory, { seconds: 2 });  // warm
  const [ours, theirs] = await takingTurns(
    () => wrk(danchu.url, { seconds, script, args, threads: 2 }),
    () => pgbench(server, directory, { seconds }));
  row(`durable write over HTTP (ticks of attendance in ${halls} halls), ${engine}, 64 connections`,
    `${thousands(ours.rate)}/s, p50 ${ours.p50.toFixed(1)} ms, p99 ${ours.p99.toFixed(1)} ms, ${ours.errors} errors`,
    `pgbench upsert, 32 clients: ${thousands(theirs.rate)}/s`, (ours.rate / theirs.rate).toFixed(2),
    longest ? `≥ ${least}, p99 ≤ ${longest} ms` : `≥ ${least}`,
    ours.rate >= least * theirs.rate && (!longest || ours.p99 <= longest) && !ours.errors);
}

async function startTimes(danchu) {
  const times = [];
  for (let round = 0; round < 5; ++round) {
    await danchu.end();
    const before = performance.now();
    const served = danchu.serve();
    while (!(await fetch(`${danchu.url}/`).then((answer) => answer.ok, () => false)))
      await new Promise((later) => setTimeout(later, 2));
    times.push(performance.now() - before);
    await served;
  }
  const time = median(times);
  row("start to first answer, a full province", `${Math.round(time)} ms`, "–", "–", "≤ 300 ms", time <= 300);
}

async function memory(danchu) {
  const { port } = new URL(danchu.url);
  const sockets = await Promise.all(Array.from({ length: 1000 }, () => new Promise((opened, failed) => {
    const socket = connect(port, "127.0.0.1", () => socket.write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"));
    socket.once("data", () => opened(socket)).once("error", failed);
  })));
  await wrk(`${danchu.url}/`, { seconds: 2 });
  const megabytes = await residentMegabytes(danchu.process.pid);
  sockets.forEach((socket) => socket.destroy());
  row("memory, a full province and 1,000 open connections", `${Math.round(megabytes)} MB`, "–", "–", "≤ 150 MB", megabytes <= 150);
}

async function searchInManyTexts() {
  const program = new URL("../build/release/danchu_search_bench", import.meta.url).pathname;
  const { stdout } = await run(program, [join(directory, "texts"), String(1_000_000)]);
  const { texts, words, p50, p99 } = JSON.parse(stdout);
  row(`search in ${thousands(texts)} texts, SQLite, the slowest of 8 queries ("${words}")`,
    `p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`, "–", "–", "p99 ≤ 50 ms", p99 <= 50);
}

async function search(danchu) {
  const words = ["muong", "ban na", "xã Tô Hiệu", "Chiềng", "đường", "nha van hoa"];
  let worst = { p99: 0 }, total = 0;
  for (const word of words) {
    const path = `/tim-kiem?q=${encodeURIComponent(word)}`;
    const measured = await wrk(danchu.url + path, { seconds: Math.min(seconds, 3), connections: 2,
      header: { cookie: "none=1", "cache-control": "no-cache" } });
    total += measured.errors;
    if (measured.p99 > worst.p99) worst = { ...measured, word };
  }
  row(`search, a full province, the slowest of ${words.length} queries ("${worst.word}")`,
    `p50 ${worst.p50.toFixed(1)} ms, p99 ${worst.p99.toFixed(1)} ms, ${total} errors`, "–", "–", "p99 ≤ 50 ms", worst.p99 <= 50 && !total);
}

async function measure(options, ...measurements) {
  const danchu = await Danchu.start(options);
  try {
    for (const one of measurements) await one(danchu);
  } catch (error) {
    console.error(danchu.log.slice(-3000));
    throw error;
  } finally {
    await danchu.stop();
  }
}

const yardstick = freshDatabase();
const database = freshDatabase();
const began = performance.now();
try {
  await measure({}, cachedPage, builtPage);
  await measure({ at: tenDaysAgo }, (danchu) => durableWrites(danchu, "SQLite", yardstick.url, 1.2, 25));
  await measure({ at: tenDaysAgo, database: database.url }, (danchu) => durableWrites(danchu, "PostgreSQL", yardstick.url, 0.5));
  const before = performance.now();
  await measure({ demo: ["--full"] }, async () => {
    const took = (performance.now() - before) / 1000;
    row("making a full province (75 communes, 2,200 villages, 300,000 households)", `${took.toFixed(0)} s`, "–", "–", "≤ 60 s", took <= 60);
  }, startTimes, search, memory);
  await searchInManyTexts();
} finally {
  yardstick.drop();
  database.drop();
  await rm(directory, { recursive: true, force: true });
}

const head = ["what", "measured", "beside it", "ratio", "budget", "kept"];
for (const line of [head, head.map(() => "---"), ...rows]) console.log(`| ${line.join(" | ")} |`);
console.log(`\n${cpus().length} × ${cpus()[0].model.trim()}, ${Math.round((performance.now() - began) / 1000)} s in all`);
