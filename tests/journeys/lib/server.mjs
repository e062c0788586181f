// A fresh demo province and a danchu that serves it, with a clock the journey moves (libfaketime), so that the
// stories happen on the days they name.
import { execFile, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile, cp } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
export const danchu = process.env.DANCHU ?? new URL("../../../build/release/danchu", import.meta.url).pathname;
const faketime = ["x86_64", "aarch64"]
  .map((machine) => `/usr/lib/${machine}-linux-gnu/faketime/libfaketime.so.1`)
  .find(existsSync);

async function freePort() {
  const probe = createServer();
  await new Promise((listening) => probe.listen(0, "127.0.0.1", listening));
  const { port } = probe.address();
  await new Promise((closed) => probe.close(closed));
  return port;
}

export class Clock {
  constructor(file) {
    this.file = file;
  }
  // "2026-12-08T08:00" as people in Sơn La read it.
  async set(local) {
    this.offset = Math.round((Date.parse(`${local}:00+07:00`) - Date.now()) / 1000);
    await writeFile(this.file, `${this.offset < 0 ? "" : "+"}${this.offset}\n`);
  }
  async forward(seconds) {
    this.offset += seconds;
    await writeFile(this.file, `+${this.offset}\n`.replace("+-", "-"));
  }
  environment() {
    if (!faketime) throw new Error("libfaketime is not installed: apt-get install faketime");
    return {
      ...process.env,
      LD_PRELOAD: faketime,
      FAKETIME_TIMESTAMP_FILE: this.file,
      FAKETIME_NO_CACHE: "1",
      FAKETIME_DONT_FAKE_MONOTONIC: "1",
    };
  }
}

export class Danchu {
  // Makes the demo on the given day and serves it.
  static async start({ at = "2026-12-01T08:00", serve = [] } = {}) {
    const danchu = new Danchu();
    danchu.directory = await mkdtemp(join(tmpdir(), "danchu-journey-"));
    danchu.data = join(danchu.directory, "data");
    danchu.clock = new Clock(join(danchu.directory, "clock"));
    await danchu.clock.set(at);
    await danchu.command("demo");
    await danchu.serve(serve);
    return danchu;
  }

  async command(name, ...options) {
    return run(danchu, [name, "--data", this.data, ...options], { env: this.clock.environment(), maxBuffer: 1 << 26 });
  }

  async serve(options = []) {
    const port = await freePort();
    this.url = `http://127.0.0.1:${port}`;
    this.log = "";
    this.process = spawn(danchu, ["serve", "--data", this.data, "--listen", `127.0.0.1:${port}`,
      "--base-url", this.url, ...options], { env: this.clock.environment(), stdio: ["ignore", "pipe", "pipe"] });
    for (const stream of [this.process.stdout, this.process.stderr]) {
      stream.on("data", (text) => { this.log = (this.log + text).slice(-20000); });
    }
    this.exited = new Promise((exited) => this.process.once("exit", exited));
    for (let tries = 0; tries < 300; ++tries) {
      if (this.process.exitCode !== null) throw new Error(`danchu serve ended:\n${this.log}`);
      try {
        if ((await fetch(`${this.url}/ready`)).ok) return;
      } catch { /* not listening yet */ }
      await new Promise((later) => setTimeout(later, 100));
    }
    throw new Error(`danchu serve does not become ready:\n${this.log}`);
  }

  // What `danchu demo --accounts` prints: user name, password, title and, for staff, the code of this half minute.
  async accounts() {
    const { stdout } = await this.command("demo", "--accounts");
    const accounts = [];
    for (const line of stdout.split("\n")) {
      const user = /^  (\S+)$/.exec(line);
      const password = /^\s+password (\S+)\s*(.*)$/.exec(line);
      const code = /^\s+code now (\d{6})$/.exec(line);
      if (user) accounts.push({ user: user[1] });
      else if (password) Object.assign(accounts.at(-1), { password: password[1], title: password[2] });
      else if (code) accounts.at(-1).code = code[1];
    }
    return accounts;
  }

  async stop() {
    this.process?.kill("SIGTERM");
    await this.exited;
    if (this.process?.exitCode !== 0) console.error(this.log);
    await rm(this.directory, { recursive: true, force: true });
  }
}
