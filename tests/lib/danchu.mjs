// A fresh demo province and a danchu that serves it; for the journeys with a clock that they move (libfaketime), so
// that the stories happen on the days they name.
import { execFile, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
export const danchu = process.env.DANCHU ?? new URL("../../build/release/danchu", import.meta.url).pathname;
const faketime = ["x86_64", "aarch64"]
  .map((machine) => `/usr/lib/${machine}-linux-gnu/faketime/libfaketimeMT.so.1`)
  .find(existsSync);

export async function freePort() {
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
    await writeFile(this.file, `${this.offset < 0 ? "" : "+"}${this.offset}\n`);
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

const realClock = { environment: () => process.env, forward: async () => {} };

export class Danchu {
  // Makes the demo and serves it: on the day `at`, or today; in SQLite, or in the PostgreSQL database `database`.
  static async start({ at, database, demo = [], serve = [], directory } = {}) {
    const danchu = new Danchu();
    danchu.directory = directory ?? (await mkdtemp(join(tmpdir(), "danchu-test-")));
    await mkdir(danchu.directory, { recursive: true });
    danchu.place = ["--data", join(danchu.directory, "data"), ...(database ? ["--database", database] : [])];
    danchu.clock = realClock;
    if (at) {
      danchu.clock = new Clock(join(danchu.directory, "clock"));
      await danchu.clock.set(at);
    }
    await danchu.command("demo", ...demo);
    await danchu.serve(serve);
    return danchu;
  }
  // The day it is there, "2026-12-08".
  get today() {
    const hoursAhead = 7;
    return new Date(Date.now() + ((this.clock.offset ?? 0) + hoursAhead * 3600) * 1000).toISOString().slice(0, 10);
  }

  async command(name, ...options) {
    return run(danchu, [name, ...this.place, ...options], { env: this.clock.environment(), maxBuffer: 1 << 26 });
  }

  // Again on the same port when it was served before.
  async serve(options = []) {
    this.port ??= await freePort();
    this.url = `http://127.0.0.1:${this.port}`;
    this.log = "";
    const server = spawn(danchu, ["serve", ...this.place, "--listen", `127.0.0.1:${this.port}`, "--base-url", this.url,
      "--no-access-log", ...options], { env: this.clock.environment(), stdio: ["ignore", "pipe", "pipe"] });
    this.process = server;
    for (const stream of [server.stdout, server.stderr])
      stream.on("data", (text) => { this.log = (this.log + text).slice(-20000); });
    this.exited = new Promise((exited) => server.once("exit", exited));
    for (const deadline = Date.now() + 60_000; Date.now() < deadline;) {
      if (server.exitCode !== null) throw new Error(`danchu serve ended:\n${this.log}`);
      try {
        if ((await fetch(`${this.url}/ready`)).ok) return;
      } catch { /* not listening yet */ }
      await new Promise((later) => setTimeout(later, 20));
    }
    throw new Error(`danchu serve does not become ready:\n${this.log}`);
  }

  async kill() {
    this.process.kill("SIGKILL");
    await this.exited;
  }

  // Stops serving as an operator does; the data stays.
  async end() {
    this.process.kill("SIGTERM");
    await this.exited;
  }

  // From now on the machine's own time, without what a moved clock costs.
  async useRealTime() {
    await this.end();
    this.clock = realClock;
    await this.serve();
  }

  async stop() {
    if (this.process) await this.end();
    await rm(this.directory, { recursive: true, force: true });
  }
}
