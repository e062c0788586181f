// Ticking in a hall where the signal comes and goes: a box ends as it stands, what is not saved says so and is sent again,
// and the count is the server's.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Danchu } from "../lib/danchu.mjs";
import { Visitor, launch, screens } from "./lib/browser.mjs";

let danchu, browser, head, path;
const wait = (what, ms = 20_000) => head.page.waitForFunction(what, null, { timeout: ms });
const box = (n) => head.page.locator('[name="here"]').nth(n);
const toggle = (n) => box(n).press("Space");
const saved = () => wait(() => !document.querySelector(".dc-household--unsaved"));
const shownByServer = async () => {
  await head.page.reload();
  return head.page.locator('[name="here"]').evaluateAll((boxes) => boxes.map((b, i) => (b.checked ? i : -1)).filter((i) => i >= 0));
};

// Of another village than the sign-in page lists.
const signIn = (visitor) => visitor.signInWith("truong.nahin", "danchu-demo-2026");

before(async () => {
  danchu = await Danchu.start({ at: "2026-12-08T08:00" });
  browser = await launch();
  head = await Visitor.open(browser, danchu, screens[1]);
  await signIn(head); // whose village has been given notice of a meeting
  await head.go("/ban-lam-viec");
  const village = await head.page.locator('main h2 a[href^="/thon/"]').first().getAttribute("href");
  await head.go(village);
  await head.go(await head.page.locator("#open ~ ul .dc-matter__title").first().getAttribute("href"));
  const meeting = await head.page.locator('main a[href^="/cuoc-hop/"]').first().getAttribute("href");
  path = `${meeting}/diem-danh`;
  await danchu.clock.set("2026-12-10T19:00"); // the evening of the meeting: nobody is ticked before
  await signIn(head);
  await head.go(path);
});
after(async () => {
  await browser?.close();
  await danchu?.stop();
});

test("a box ticked and unticked while the first request is slow ends unticked", async () => {
  let requests = 0;
  await head.page.route("**/diem-danh/*", async (route) => {
    if (++requests === 1) await new Promise((slow) => setTimeout(slow, 1500));
    await route.continue();
  });
  await toggle(0);
  await toggle(0);
  await toggle(1);
  await head.page.waitForTimeout(3000);
  await head.page.unroute("**/diem-danh/*");
  assert.deepEqual(await shownByServer(), [1]);
});

test("offline it is kept, told and sent again", async () => {
  await head.page.route("**/diem-danh/*", (route) => route.abort());
  await toggle(2);
  await wait(() => document.querySelectorAll(".dc-household--unsaved").length === 1);
  assert.ok(await head.page.locator("[data-ticks-state]").isVisible());
  assert.match(await head.page.locator("[data-ticks-state]").innerText(), /1/);
  assert.equal(await head.page.locator("[data-ticks-out]").innerText(), "1", "what is not saved is not counted");
  const seen = await head.page.locator("[data-ticks-state]").evaluate((e) => e.getBoundingClientRect().bottom <= innerHeight);
  assert.ok(seen, "it stands in the counter, in sight");
  await head.page.unroute("**/diem-danh/*");
  await saved();
  assert.deepEqual(await shownByServer(), [1, 2]);
});

test("the count is the server's, with what another officer ticked", async () => {
  const other = await Visitor.open(browser, danchu, screens[0]);
  await signIn(other);
  await other.go(path);
  await other.page.locator('[name="here"]').nth(5).check();
  await other.press("main form[data-ticks] > button");
  await toggle(6);
  await wait(() => document.querySelector("[data-ticks-out]").textContent === "4");
});

test("when the session ended it says so, and sends the ticks by itself after signing in", async () => {
  const cookies = await head.page.context().cookies();
  const before = await head.page.locator("[data-ticks-out]").innerText();
  await head.page.context().clearCookies();
  await toggle(7);
  await wait(() => !document.querySelector("[data-ticks-sign-in]").hidden);
  assert.match(await head.page.locator("[data-ticks-state]").innerText(), /Chưa lưu: 1 hộ[^]*Phiên đăng nhập đã hết/);
  assert.equal(await head.page.locator("[data-ticks-out]").innerText(), before);
  assert.equal(await head.page.locator(".dc-household--unsaved").count(), 1);
  await head.page.context().addCookies(cookies);
  await head.page.evaluate(() => dispatchEvent(new Event("focus")));
  await saved();
  assert.ok(await head.page.locator("[data-ticks-sign-in]").isHidden());
  assert.match(await head.page.locator("[data-ticks-state]").innerText(), /Đã lưu hết/);
  assert.ok((await shownByServer()).includes(7));
});

test("a form sent after the session ended comes back and is sent again", async () => {
  const one = await head.page.locator(".dc-household__other").nth(8).getAttribute("href");
  await head.go(one);
  await head.fill({ other_name: "Lò Thị \"B\" <con>", relation: "con" });
  const cookies = await head.page.context().cookies();
  await head.page.context().clearCookies();
  await head.press("main form button", 401);
  assert.match(await head.text(), /Phiên đăng nhập đã hết[^]*Gửi lại/);
  assert.equal(await head.page.locator('main a[target="_blank"]').count(), 1);
  await head.page.context().addCookies(cookies);
  await head.press("main form button");
  assert.match(await head.text(), /con: Lò Thị "B" <con>/);
});
