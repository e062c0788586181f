// What strangers, broken networks and impatient fingers send: each gets a clear answer in the right language and status,
// and nothing that was there before is lost.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { connect } from "node:net";
import { after, before, test } from "node:test";
import { meetingWithNotice, propose, villageHead } from "../lib/assembly.mjs";
import { Client } from "../lib/client.mjs";
import { Danchu } from "../lib/danchu.mjs";

let danchu, head, village, first;
before(async () => {
  danchu = await Danchu.start({ at: "2026-12-08T08:00" });
  ({ head, village } = await villageHead(danchu));
  first = JSON.parse(await (await propose(head, village, "Việc có trước")).text()).location;
});
after(() => danchu?.stop());

// Sends bytes as they are and answers the status line's number, 0 when the server only hung up.
const raw = (...pieces) => new Promise((answered) => {
  const socket = connect(danchu.port, "127.0.0.1");
  let text = "";
  socket.setTimeout(15_000, () => socket.destroy());
  socket.on("data", (bytes) => { text += bytes; if (text.includes("\r\n\r\n")) socket.end(); });
  socket.on("error", () => {});
  socket.on("close", () => answered(Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1] ?? 0)));
  for (const piece of pieces) socket.write(piece);
  if (pieces.at(-1) === "") socket.end();
});
const request = (lines, body = "") => `${lines.join("\r\n")}\r\n\r\n${body}`;

test("requests that are none", async (t) => {
  const host = "Host: localhost";
  const table = [
    ["no HTTP", "xin chào\r\n\r\n", [400, 0]],
    ["no host", request(["GET / HTTP/1.1"]), [400]],
    ["length and chunks at once", request(["POST /dang-nhap HTTP/1.1", host, "Content-Length: 5", "Transfer-Encoding: chunked"], "0\r\n\r\n"), [400]],
    ["a broken length", request(["POST /dang-nhap HTTP/1.1", host, "Content-Length: -1"]), [400]],
    ["a huge header", request(["GET / HTTP/1.1", host, `X-Long: ${"x".repeat(100_000)}`]), [400, 431, 0]],
    ["a huge address", request([`GET /${"a".repeat(50_000)} HTTP/1.1`, host]), [400, 414, 431, 0]],
    ["a NUL in the address", request(["GET /thon/%00 HTTP/1.1", host]), [400, 404]],
    ["an unknown method", request(["BREW / HTTP/1.1", host]), [400, 405, 501]],
    ["a folded header", request(["GET / HTTP/1.1", host, "X-A: 1", " 2"]), [400]],
  ];
  for (const [name, bytes, statuses] of table)
    await t.test(name, async () => assert.ok(statuses.includes(await raw(bytes)), `${await raw(bytes)}`));
});

test("bodies that are wrong, each refused and nothing kept", async (t) => {
  const path = `${village}/viec/moi`;
  const send = (body, type, headers = {}) => head.request(path, { method: "POST", body, headers: { "content-type": type, ...headers } });
  const table = [
    ["cut off JSON", '{"title":"a', "application/json", [400, 422]],
    ["JSON of the wrong shape", "[1,2]", "application/json", [400, 422]],
    ["JSON too deep", "[".repeat(5000) + "]".repeat(5000), "application/json", [400, 413, 422]],
    ["wrong types", '{"title":7,"asked":{"a":1},"money":"nhiều"}', "application/json", [422]],
    ["a key twice", '{"title":"a","title":"b"}', "application/json", [400, 422]],
    ["a wrong encoding", Buffer.from([0x74, 0x69, 0x74, 0x6c, 0x65, 0x3d, 0xff, 0xfe]), "application/x-www-form-urlencoded", [400, 422]],
    ["a broken percent sign", "title=%zz", "application/x-www-form-urlencoded", [400, 422]],
    ["an unknown kind of body", "<a/>", "application/xml", [415]],
    ["a huge body", "title=" + "a".repeat(3_000_000), "application/x-www-form-urlencoded", [413]],
    ["a field nobody asked for", '{"title":"a","asked":"b","state":"passed","village":"1"}', "application/json", [422]],
  ];
  const before = JSON.stringify((await head.json(village)).coming);
  for (const [name, body, type, statuses] of table)
    await t.test(name, async () => {
      const answer = await send(body, type).catch(() => ({ status: 0, headers: new Headers(), text: async () => "" }));
      const text = await answer.text();
      if (name === "a huge body" && answer.status === 0) return;  // hung up while we were still sending
      assert.ok(statuses.includes(answer.status), `${answer.status} ${text.slice(0, 300)}`);
      assert.match(answer.headers.get("content-type"), /problem\+json/);
      assert.ok(JSON.parse(text).title);
    });
  assert.equal(JSON.stringify((await head.json(village)).coming), before);
  assert.equal((await head.json(first)).title, "Việc có trước");
});

test("problems name every field, in the language of the address", async () => {
  const wrong = JSON.stringify({ title: "", asked: "", money: "-5", collect_from: "32/13/2026" });
  const answers = {};
  for (const language of ["", "/en"]) {
    const answer = await head.request(`${language}${village}/viec/moi`,
      { method: "POST", body: wrong, headers: { "content-type": "application/json" } });
    assert.equal(answer.status, 422);
    answers[language] = await answer.text();
  }
  for (const field of ["title", "asked", "money", "collect_from"]) assert.match(answers[""], new RegExp(`"${field}"`));
  assert.notEqual(answers[""], answers["/en"]);
});

test("sessions that are forged, ended or from another site", async () => {
  const stranger = new Client(danchu);
  for (const token of ["", "x", "A".repeat(43), "%00", "a".repeat(5000)]) {
    for (const name of head.cookies.keys()) stranger.cookies.set(name, token);
    const answer = await stranger.request("/ban-lam-viec");
    assert.ok([303, 401, 403, 431, 400].includes(answer.status), `${answer.status}`);
  }
  const other = await Client.as(danchu, "mt.naca");
  const cookie = other.cookie;
  await (await other.post("/dang-xuat", {})).text();
  assert.notEqual((await other.request("/ban-lam-viec", { headers: { cookie } })).status, 200);
  const foreign = await head.request(`${village}/viec/moi`, { method: "POST", body: "title=a&asked=b",
    headers: { "content-type": "application/x-www-form-urlencoded", origin: "http://evil.example" } });
  assert.equal(foreign.status, 403);
});

test("another unit's and another role's matters are refused", async () => {
  const commune = await head.json("/xa/03847");
  const elsewhere = commune.villages.find(({ url }) => url !== village);
  assert.equal((await propose(head, elsewhere.url, "Không phải thôn mình")).status, 403);
  assert.equal((await head.post(`${first}/thong-nhat`, {})).status, 403);  // the Front agrees, not the head
  assert.equal((await head.post(`${first}/tiep-nhan`, {})).status, 403);
  assert.equal((await head.post("/viec/ZZZZZZZZZZZZZ/rut", { reason: "a" })).status, 404);
});

test("sent twice, done once", async () => {
  const key = randomUUID();
  const answers = await Promise.all(Array.from({ length: 10 }, () => propose(head, village, "Bấm mười lần", key)));
  const places = new Set();
  for (const answer of answers) {
    assert.equal(answer.status, 200);
    places.add(JSON.parse(await answer.text()).location);
  }
  assert.equal(places.size, 1);
  const other = await propose(head, village, "Khóa cũ, việc khác", key);
  assert.ok([409, 422].includes(other.status), "a key is for one submission");
});

test("two officers at once: one is told that somebody was first", async () => {
  const { meeting, motion } = await meetingWithNotice(danchu, "2026-12-12T19:30");
  await danchu.clock.set("2026-12-12T19:35");
  const one = await Client.as(danchu, "truong.naca"), two = await Client.as(danchu, "truong.naca");
  const { ticks } = await one.json(`${meeting}/diem-danh`);
  for (const { id } of ticks.slice(0, 60)) assert.equal((await one.post(`${meeting}/diem-danh/${id}`, { present: true })).status, 200);
  assert.equal((await one.post(`${meeting}/mo`, { secretary: "Cà Thị Hặc", secretary_yes: 60, method: "hands", method_yes: 60 })).status, 200);
  const votes = await Promise.all([
    one.post(`${motion}/bieu-quyet`, { present: 60, yes: 59, no: 1, other: 0 }),
    two.post(`${motion}/bieu-quyet`, { present: 60, yes: 50, no: 10, other: 0 }),
  ]);
  const statuses = votes.map(({ status }) => status).sort();
  assert.deepEqual(statuses, [200, 409]);
});

test("afterwards everything is as it was and verifies", async () => {
  assert.equal((await new Client(danchu).json(first)).title, "Việc có trước");
  await danchu.end();
  await danchu.command("verify");
});
