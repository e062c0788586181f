// Story D1, number by number, from sign-in to the public page: a road at bản Nà Cá. A lost vote is lost, one
// household decides. On a phone and a desktop, with scripts and without.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { Danchu } from "../lib/danchu.mjs";
import { Visitor, launch, screens } from "./lib/browser.mjs";
import { sheet } from "./lib/sheet.mjs";

const id = (address) => address.replace(/\/$/, "").split("/").pop();
const road = (money) => ({
  title: "Làm đường nội bản Nà Cá",
  asked: "Mỗi hộ góp tiền và 3 ngày công làm 800 m đường. Các hộ có đồng ý không?",
  collects: true, works: true, basis: "household", money, labour_days: 3,
  collect_from: "2027-01-05", collect_to: "2027-02-05", keeper: "Lò Thị Pản", checker: "Ban giám sát đầu tư của cộng đồng",
});

class Village {
  constructor(danchu, visitor, anyone) { Object.assign(this, { danchu, head: visitor, anyone }); }

  at(local) { return this.danchu.clock.set(local); }
  path() { return new URL(this.head.page.url()).pathname; }

  async proposed(form) {
    await this.head.signIn("truong.naca");
    assert.equal(this.path(), "/ban-lam-viec");
    await this.head.press('main a[href$="/viec/mau"]');
    await this.head.press('main a[href$="/viec/moi"], main a[href*="/viec/moi"]');
    await this.head.fill(form);
    await this.head.press("main form button");
    return this.path();
  }

  async agreed(motion) {
    await this.head.signIn("mt.naca");
    await this.head.press(`main a[href="${motion}/thong-nhat"]`);
    await this.head.press("main form button");
  }

  // Called for an evening and told to everybody; answers the meeting's page.
  async called(motion, starts) {
    await this.head.signIn("truong.naca");
    await this.head.press('main a[href$="/hop/moi"]');
    await this.head.fill({ starts, place: "Nhà văn hóa bản", contact: "Trưởng bản 0912 345 678" });
    // Every matter the Front agreed to stands ready; this meeting is about one.
    assert.ok(await this.head.page.locator(`main input[value="${id(motion)}"]`).isChecked());
    // What else waits in the demonstration is left for another evening.
    for (const box of await this.head.page.locator('main input[type="checkbox"]').all())
      if (await box.isChecked() && await box.getAttribute("value") !== id(motion)) await box.press("Space");
    for (const other of await this.head.page.locator(`main input[name="motions"]:not([value="${id(motion)}"])`).all()) await other.uncheck();
    await this.head.press("main form button");
    const meeting = this.path();
    await this.head.go(meeting);
    await this.head.press(`main a[href="${meeting}/thong-bao"]`);
    await this.head.fill({ channel: "invitation", posted_at: "Nhà văn hóa bản Nà Cá", documents_sent: this.danchu.today });
    await this.head.press("main form button");
    return meeting;
  }

  // So many households tick in, choose secretary and method; the meeting is open.
  async opened(meeting, present) {
    await this.head.signIn("truong.naca");
    await this.head.go(meeting);
    await this.head.press(`main a[href="${meeting}/diem-danh"]`);
    const ticks = this.head.page.locator('[name="here"]');
    assert.equal(await ticks.count(), 87);
    for (let n = 0; n < present; ++n) await ticks.nth(n).press("Space");
    const save = this.head.page.locator("main form[data-ticks] > button");
    if (await save.isVisible()) await this.head.press(save);
    await this.head.go(`${meeting}/diem-danh`);
    assert.match(await this.head.text(), new RegExp(`\\b${present}/87`));
    await this.head.go(meeting);
    await this.head.press(`main a[href="${meeting}/mo"]`);
    await this.head.fill({ secretary: "Cà Thị Hặc", secretary_yes: present, method: "hands", method_yes: present });
    await this.head.press("main form button");
  }

  async counted(motion, meeting, numbers) {
    await this.head.go(meeting);
    await this.head.press(`main a[href="${motion}/bieu-quyet"]`);
    await this.head.fill(numbers);
    await this.head.press("main form button");
    assert.match(await this.head.text(), new RegExp(`\\b${numbers.yes}\\b[^]*\\b58\\b`), "read back before it counts");
    await this.head.press("main form button");
  }

  async concluded(meeting) {
    await this.head.go(meeting);
    await this.head.press(`main a[href="${meeting}/ket-luan"]`);
    await this.head.press("main form button");
  }
}

async function story(village) {
  const { head, anyone } = village;

  await village.at("2026-12-09T08:00");
  const lost = await village.proposed(road("200.000"));
  assert.match(await head.text(), /200\.000/);
  await village.agreed(lost);
  const first = await village.called(lost, "2026-12-12T19:30");

  await village.at("2026-12-12T19:35");
  await village.opened(first, 71);
  // Numbers that cannot be are refused beside the field, and what was typed stays.
  await head.go(first);
  await head.press(`main a[href="${lost}/bieu-quyet"]`);
  await head.fill({ present: 71, yes: 60, no: 12, other: 2 });
  await head.press("main form button", 422);
  assert.equal(await head.page.locator('[name="yes"]').inputValue(), "60");
  assert.ok(await head.page.locator('.govuk-error-summary').isVisible());
  await village.counted(lost, first, { present: 71, yes: 57, no: 12, other: 2 });
  assert.match(await head.page.locator("body").innerText(), /57[^]*58/);
  await village.at("2026-12-12T21:00");
  await village.concluded(first);

  await anyone.go(lost);
  const notPassed = await anyone.text();
  for (const number of [/57\/87|57 *\/ *87|57/, /\b58\b/, /\b12\b/, /\b16\b/, /\b71\b/]) assert.match(notPassed, number);

  // Neither a ballot (art. 19.1b: 71 came) nor an online vote (art. 17.2), nor adding the 16 absent by Zalo.
  for (const [form, add] of [["ballot", false], ["online", false], ["online", true]]) {
    await head.go(`${lost}/hinh-thuc`);
    await head.fill({ form, add_to_meeting: add });
    await head.press("main form button", 422);
    assert.match(await head.page.locator(".govuk-error-summary").innerText(), /[Đđ]\.|[Đđ]iều/);
  }

  await village.at("2026-12-23T08:00");
  await head.signIn("truong.naca");
  await head.go(lost);
  await head.press(`main a[href="${lost}/dua-lai"]`);
  await head.fill({ money: "150.000", keeper: "Lò Thị Pản", checker: "Ban giám sát đầu tư của cộng đồng" });
  await head.press("main form button");
  const again = village.path();
  assert.notEqual(again, lost);
  await village.agreed(again);
  const second = await village.called(again, "2026-12-26T19:30");

  await village.at("2026-12-26T19:35");
  await village.opened(second, 74);
  await village.counted(again, second, { present: 74, yes: 58, no: 14, other: 2 });
  await village.at("2026-12-26T21:00");
  await village.concluded(second);

  await village.at("2026-12-28T09:00");
  await head.signIn("truong.naca");
  assert.match(await head.text(), /Đ\.|Điều/, "the desk names the article of what is due");
  await head.go(again);
  await head.press(`main a[href="${again}/ky"]`);
  await head.fill({ signed_on: "2026-12-27", household_1: "Lò Văn Ín", household_2: "Quàng Thị Lả", reference: "Sổ 2026, tờ 14" });
  await head.page.locator('[name="pictures"]').first().setInputFiles({ name: "IMG_1.png", mimeType: "image/png", buffer: sheet() });
  await head.press("main form > button");
  const picture = await head.page.locator('main a[href*="/giay-da-ky/"]').getAttribute("href");
  await head.press(`main a[href="${again}/gui"]`);
  await head.press("main form button");
  await village.at("2026-12-29T09:00");
  await head.signIn("canbo.muongbu");
  await head.go(again);
  await head.press(`main a[href="${again}/tiep-nhan"]`);
  await head.press("main form button");

  await anyone.go(again);
  const passed = await anyone.text();
  for (const word of [/58/, /87/, /\b14\b/, /26\/12\/2026/, /tiếp nhận/i, /SHA-256 [0-9a-f]{64}/]) assert.match(passed, word);
  assert.equal(await anyone.page.locator('main a[href*="/giay-da-ky/"]').count(), 0, "the picture is internal");
  assert.notEqual((await fetch(village.danchu.url + picture, { redirect: "manual" })).status, 200);
  await anyone.go(`/en${again}`);
  assert.match(await anyone.text(), /In force from 26\/12\/2026|26\/12\/2026/);
  const { decision } = { decision: await (await fetch(`${village.danchu.url}${again}.json`)).json() };
  assert.match(JSON.stringify(decision), /2026-12-26/);
  for (const paper of [".pdf", ".docx"])
    for (const address of await anyone.page.locator(`main a[href$="${paper}"]`).evaluateAll((all) => all.map((a) => a.href)))
      assert.equal((await fetch(address)).status, 200, address);
}

for (const screen of screens)
  describe(screen.name, () => {
    let danchu, browser;
    before(async () => {
      danchu = await Danchu.start({ at: "2026-12-08T08:00" });
      browser = await launch();
    });
    after(async () => {
      await browser?.close();
      await danchu?.stop();
    });

    test("D1", async (t) => {
      const head = await Visitor.open(browser, danchu, screen);
      const anyone = await Visitor.open(browser, danchu, screen);
      try {
        await story(new Village(danchu, head, anyone));
      } catch (error) {
        await head.picture(`d1 ${screen.name}`);
        error.message += `\nat ${head.page.url()}\n${await head.text().catch(() => "")}\n${danchu.log}`.slice(0, 6000);
        throw error;
      }
      await danchu.end();
      await danchu.command("verify");
      head.assertNoFindings();
      anyone.assertNoFindings();
      t.diagnostic(`${new Set([...head.visited, ...anyone.visited]).size} pages, ${head.taps} taps of head, Front and officer`);
    });
  });
