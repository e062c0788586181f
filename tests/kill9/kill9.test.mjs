// kill -9 under load, many times, on both engines: what was answered as received is there exactly once, and the chain
// of acts verifies.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { test } from "node:test";
import { Danchu } from "../lib/danchu.mjs";
import { freshDatabase } from "../lib/postgresql.mjs";
import { propose, villageHead } from "../lib/assembly.mjs";

const kills = Number(process.env.DANCHU_KILLS ?? 12);
const writers = 8;
const pause = (milliseconds) => new Promise((later) => setTimeout(later, milliseconds));

// Sends one submission until it is answered, as a browser's person or a phone's queue does, always with one key. Answers
// where it is to be found, or null: it was received and the program was killed before it could say where.
async function sendUntilReceived(send, key, over) {
  while (!over()) {
    try {
      const answer = await send(key);
      const text = await answer.text();
      if (answer.ok) return JSON.parse(text).location;
      if (answer.status === 409 && /đã được nhận trước đó/.test(text)) return null;
      if (answer.status !== 503) throw new Error(`answered ${answer.status}: ${text.slice(0, 500)}`);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;  // fetch says TypeError when the connection broke
    }
    await pause(30);
  }
  throw new Error("the test ended before this was received");
}

// Straight from the tables, each row that begins as these tests' titles do.
function titlesKept(directory, database) {
  const query = "SELECT title FROM motion WHERE title LIKE 'Thử giết%'";
  const [command, ...options] = database ? ["psql", database, "-At", "-c"] : ["sqlite3", join(directory, "data", "danchu.db")];
  return execFileSync(command, [...options, query], { maxBuffer: 1 << 26 }).toString().trim().split("\n");
}

async function killedUnderLoad(database) {
  const danchu = await Danchu.start({ database });
  let failed = false;
  try {
    const { head, village } = await villageHead(danchu);
    const received = new Map();  // title to the address it was answered with
    let stopping = false;
    const write = async (writer) => {
      for (let n = 0; !stopping; ++n) {
        const title = `Thử giết chương trình, người ${writer}, việc ${n}`;
        received.set(title, await sendUntilReceived((key) => propose(head, village, title, key), randomUUID(), () => failed));
      }
    };
    const all = Promise.all(Array.from({ length: writers }, (_, writer) => write(writer)));
    all.catch(() => {});
    for (let kill = 0; kill < kills; ++kill) {
      await Promise.race([pause(100 + Math.random() * 900), all]);
      await danchu.kill();
      await danchu.serve();
    }
    await pause(300);
    stopping = true;
    await all;
    await danchu.kill();
    await danchu.serve();

    for (const [title, address] of received)
      if (address && (await head.json(address)).title !== title) throw new Error(`${address} is not "${title}"`);
    assert.ok(received.size >= kills, `only ${received.size} submissions were received: too little load`);
    await danchu.end();
    const kept = titlesKept(danchu.directory, database);
    assert.deepEqual([...received.keys()].filter((title) => !kept.includes(title)), [], "lost");
    assert.deepEqual(kept.filter((title, at) => kept.indexOf(title) !== at), [], "doubled");
    console.log(`${received.size} submissions received over ${kills} kills`);
    await danchu.command("verify");  // fails when it finds anything
  } finally {
    failed = true;  // writers still waiting give up
    await danchu.stop();
  }
}

test("SQLite", () => killedUnderLoad());

test("PostgreSQL", { skip: !process.env.DANCHU_TEST_POSTGRESQL && "no server: run by ./test" }, async () => {
  const database = freshDatabase();
  try {
    await killedUnderLoad(database.url);
  } finally {
    database.drop();
  }
});
