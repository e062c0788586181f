// kill -9 under load, many times, on both engines: what was answered as received is there exactly once, and the chain
// of acts verifies.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";
import { Danchu } from "../lib/danchu.mjs";
import { Client } from "../lib/client.mjs";
import { freshDatabase } from "../lib/postgresql.mjs";
import { matters, propose, villageHead } from "../lib/assembly.mjs";

const kills = Number(process.env.DANCHU_KILLS ?? 12);
const writers = 8;
const pause = (milliseconds) => new Promise((later) => setTimeout(later, milliseconds));

// Sends one submission until it is answered, as a browser's person or a phone's queue does, always with one key.
async function sendUntilReceived(send, key) {
  for (;;) {
    try {
      const answer = await send(key);
      const text = await answer.text();
      if (answer.ok) return { text, replayed: answer.headers.get("idempotency-replayed") !== null };
      if (answer.status !== 503) throw new Error(`answered ${answer.status}: ${text.slice(0, 500)}`);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;  // fetch says TypeError when the connection broke
    }
    await pause(30);
  }
}

async function killedUnderLoad(database) {
  const danchu = await Danchu.start({ database });
  try {
    const { account, village } = await villageHead(danchu);
    const head = await Client.signedIn(danchu, account);
    const received = [];
    let stopping = false;
    const write = async (writer) => {
      for (let n = 0; !stopping; ++n) {
        const title = `Thử giết chương trình, người ${writer}, việc ${n}`;
        await sendUntilReceived((key) => propose(head, village, title, key), randomUUID());
        received.push(title);
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

    const kept = new Map();
    for (const { title } of await matters(head, village)) kept.set(title, (kept.get(title) ?? 0) + 1);
    const lost = received.filter((title) => !kept.has(title));
    const doubled = received.filter((title) => kept.get(title) > 1);
    assert.deepEqual({ lost, doubled }, { lost: [], doubled: [] });
    assert.ok(received.length >= kills, `only ${received.length} submissions were received: too little load`);
    console.log(`${received.length} submissions received over ${kills} kills`);

    await danchu.end();
    await danchu.command("verify");  // fails when it finds anything
  } finally {
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
