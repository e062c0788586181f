// The rooms no other journey enters: every desk of the demo, moving a meeting, an evening on paper and its pictures,
// corrections, lists from a spreadsheet, accounts and posts, the sign-in log, the authenticator and the PIN. On a phone
// and a desktop, with scripts and without; each page is looked at by axe and html-validate.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { Danchu } from "../lib/danchu.mjs";
import { Visitor, launch, screens } from "./lib/browser.mjs";
import { sheet } from "./lib/sheet.mjs";

const password = "danchu-demo-2026";
const csv = (lines) => ({ name: "ho.csv", mimeType: "text/csv", buffer: Buffer.from(lines.join("\r\n")) });
const paper = (grey) => ({ name: "IMG_1.png", mimeType: "image/png", buffer: sheet(grey) });

// The six digits an authenticator app shows for a key in base 32 (RFC 6238).
function code(key, at) {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...key.replace(/[^A-Z2-7]/g, "")].map((l) => letters.indexOf(l).toString(2).padStart(5, "0")).join("");
  const secret = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
  const mac = createHmac("sha1", secret).update(step).digest(), from = mac.at(-1) & 15;
  return String((mac.readUInt32BE(from) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

for (const screen of screens)
  describe(screen.name, () => {
    let danchu, browser, v;
    before(async () => {
      danchu = await Danchu.start({ at: "2026-12-08T08:00" });
      browser = await launch();
      v = await Visitor.open(browser, danchu, screen);
    });
    after(async () => {
      await v?.close();
      await browser?.close();
      await danchu?.stop();
    });
    const journey = (name, story) => test(name, async () => {
      v.findings.length = 0;
      await danchu.clock.forward(60);  // a one-time code serves once
      try {
        await story();
      } catch (error) {
        await v.picture(`rooms ${name} ${screen.name}`);
        error.message += `\nat ${v.page.url()}\n${danchu.log.slice(-1500)}`;
        throw error;
      }
      v.assertNoFindings();
    });
    const path = () => new URL(v.page.url()).pathname;
    const href = (selector) => v.page.locator(selector).first().getAttribute("href");
    const submit = (status) => v.press('main form:not([method="get"]) button[type="submit"]', status);
    const refused = async (said) => {
      await submit(422);
      assert.match(await v.page.locator(".govuk-error-summary").innerText(), said);
    };
    const desk = async (verb) => {
      await v.go("/ban-lam-viec");
      await v.press(`main .dc-todo a[href$="/${verb}"]`);
    };
    const officers = async () => {
      await v.go("/ban-lam-viec");
      await v.press('main a[href^="/can-bo/"]');
      return path();
    };

    journey("every account of the demo finds its work", async () => {
      for (const user of ["truong.naca", "thuky.naca", "mt.naca", "canbo.muongbu", "chutich.muongbu", "mttq.muongbu"]) {
        await v.enter(user);
        await v.go("/ban-lam-viec");
        assert.ok(await v.page.locator(".dc-todo__item").count(), `${user} has something to do`);
      }
      await v.enter("ho.naca.1");
      await v.go("/ban-lam-viec");
      assert.match(await v.text(), /Mua loa và ghế cho nhà văn hóa[^]*19:30 08\/12\/2026/);
      await v.enter("tinh");
      await v.go("/ban-lam-viec");
      for (const room of ["nhap", "nhat-ky-dang-nhap"]) assert.ok(await v.page.locator(`main a[href$="/${room}"]`).count());
    });

    journey("a meeting is moved to another day", async () => {
      await v.enter("truong.naca");
      await desk("diem-danh");
      const meeting = path().replace("/diem-danh", "");
      await v.go(meeting);
      await v.press(`main a[href="${meeting}/doi"]`);
      await v.fill({ starts: "2026-12-09T19:30" });
      await refused(/10\/12\/2026|lý do/i);
      await v.fill({ starts: "2026-12-15T19:30", place: "Nhà văn hóa bản Nà Cá", reason: "Đường vào bản sạt lở, ô tô chở loa chưa vào được" });
      await submit();
      assert.match(await v.text(), /15\/12\/2026/);
      await v.go(`${meeting}/thong-bao`);
    });

    journey("a proposal on paper gets its picture", async () => {
      await v.enter("truong.naca");
      await v.go("/ban-lam-viec");
      await v.go(`${await href('main h2 a[href^="/thon/"]')}/viec/moi`);
      if (screen.javaScriptEnabled || !(await v.page.locator('[name="proposed_on"]').isVisible()))
        await v.page.locator("details", { has: v.page.locator('[name="proposed_on"]') }).locator("summary").click();
      const asked = "Sân bóng mở từ 16 giờ đến 20 giờ.\nAi làm hỏng lưới thì sửa.";
      await v.fill({ title: "", asked, proposed_on: "2026-12-07" });
      await refused(/./);
      assert.equal(await v.page.locator('[name="asked"]').inputValue(), asked, "as it was typed, line by line");
      await v.fill({ title: "Giờ mở sân bóng", other: true });
      await submit();
      await v.press('main a[href$="/giay-de-xuat"]');
      await refused(/ảnh|hình/i);
      await v.page.locator('[name="pictures"]').setInputFiles(paper(250));
      await submit();
      assert.match(await v.text(), /SHA-256|Giấy đề xuất|đề xuất/i);
    });

    journey("an evening on paper is returned, mended and accepted", async () => {
      await v.enter("chutich.muongbu");
      await desk("chap-nhan");
      const meeting = path().replace("/chap-nhan", "");
      await v.go(meeting);
      await v.press(`main a[href="${meeting}/tra-lai"]`);
      await refused(/lý do/i);
      await v.fill({ reason: "Ảnh chụp biên bản thiếu trang 2" });
      await submit();
      await v.enter("truong.huoitao", password);
      await v.go(meeting);
      assert.match(await v.text(), /thiếu trang 2/, "the head reads why");
      await v.press(`main a[href="${meeting}/giay-to"]`);
      await refused(/ảnh|hình/i);
      await v.fill({ paper: "minutes" });
      await v.page.locator('[name="pictures"]').setInputFiles(paper(240));
      await submit();
      await v.go(`${meeting}/ket-luan`);
      await submit();
      await danchu.clock.forward(60);
      await v.enter("chutich.muongbu");
      await desk("chap-nhan");
      const pictures = v.page.locator('main a[href*="/giay-da-ky/"]');
      assert.equal(await pictures.count(), 6, "each paper can be opened where it is compared");
      assert.equal((await v.page.request.get(await pictures.first().getAttribute("href"))).status(), 200);
      await refused(/đối chiếu/i);
      await v.fill({ compared: true });
      await submit();
      await v.go(meeting);
    });

    journey("a correction is asked for, declined, asked for again and agreed to", async () => {
      await v.enter("truong.naca");
      await desk("gui");
      const motion = path().replace("/gui", "");
      const numbers = { present: 70, yes: 62, no: 6, other: 2 };
      let grey = 200;
      await v.go(`${motion}/dinh-chinh`);
      await v.fill({ ...numbers, yes: 90, reason: "Biên bản ký ghi 62 hộ đồng ý", reference: "Sổ của bản 2026, tờ 21" });
      await submit(422);
      const ask = async () => {
        await v.go(`${motion}/dinh-chinh`);
        await v.fill({ ...numbers, reason: "Biên bản ký ghi 62 hộ đồng ý", reference: "Sổ của bản 2026, tờ 21" });
        await v.page.locator('[name="minutes"]').setInputFiles(paper(--grey));
        await submit();
      };
      await ask();
      await v.enter("mt.naca");
      await v.go(motion);
      await v.press(`main a[href="${motion}/dinh-chinh/khong-thong-nhat"]`);
      await v.fill({ reason: "Chưa thấy biên bản đính chính có đủ chữ ký" });
      await submit();
      await v.enter("truong.naca");
      await ask();
      await v.enter("mt.naca");
      await desk("dinh-chinh/thong-nhat");
      assert.ok(await v.page.locator('main a[href*="/giay-da-ky/"]').count(), "with the pictures to compare");
      await submit();
      assert.match(await v.text(), /62\/87/);
    });

    journey("a household list is looked through, corrected and confirmed", async () => {
      await v.enter("canbo.muongbu");
      await v.go("/ban-lam-viec");
      await v.press('main .dc-todo a[href*="/danh-sach/"]');
      const list = path();
      await v.press(`main a[href="${list}/dinh-chinh"]`);
      await submit(422);
      await v.go(list);
      await v.press(`main form[action="${list}/xac-nhan"] button`);
      assert.match(await v.text(), /xác nhận/i);
    });

    journey("the register: a change, and a list from a spreadsheet", async () => {
      await v.enter("truong.huoihao", password);
      await v.go("/ban-lam-viec");
      await v.press('main h2 a[href^="/thon/"]');
      const village = path();
      await v.go(`${village}/ho`);
      await v.go(`${village}/ho/thay-doi`);
      await submit(422);
      await v.go(`${village}/ho`);
      await v.press(v.page.locator('main a[href$="/sua"]').first());
      const house = await v.page.locator('[name="house"]').inputValue();
      assert.ok(house, "the line as it stands");
      await submit(422);
      await v.fill({ head: "Lò Văn Hặc (minh họa)", paper: "Giấy tờ của hộ, xem ngày 7/12/2026" });
      await submit();
      assert.match(await v.text(), /Lò Văn Hặc/);
      await v.go(`${village}/ho/nhap`);
      const send = async (lines) => {
        await v.page.locator('[name="file"]').setInputFiles(csv(lines));
        await v.fill({ happened: "2026-12-07", paper: "Danh sách trưởng bản ký ngày 7/12/2026" });
        await submit();
      };
      const head = "số thứ tự,số nhà,chủ hộ,phân biệt,tạm trú,trường hợp";
      await send([head, "42,42,,vợ là bà Lò Thị Thu,,", "bốn ba,43,Lò Văn Nọi,,,"]);
      assert.match(await v.text(), /2 lỗi/);
      await v.go(`${village}/ho/nhap`);
      await send([head, "42,42,Lò Văn Nọi,vợ là bà Lò Thị Thu,,"]);
      await v.press('main form:has([name="confirmed"]) button');
      assert.match(await v.text(), /Lò Văn Nọi/);
    });

    journey("a commune's list from a spreadsheet: mistakes, then all rows", async () => {
      await v.enter("canbo.muongbu");
      const unit = await officers();
      await v.press(`main a[href="${unit}/nhap"]`);
      const send = async (lines) => {
        await v.fill({ kind: "households", happened: "2026-12-07", paper: "Danh sách trưởng bản ký ngày 7/12/2026" });
        await v.page.locator('[name="file"]').setInputFiles(csv(lines));
        await submit();
      };
      await v.fill({ paper: "Danh sách trưởng bản ký ngày 7/12/2026" });
      await refused(/tệp/i);
      const head = "xã,bản,số thứ tự,số nhà,chủ hộ,phân biệt,tạm trú,trường hợp";
      await send([head, "Mường Bú,Nà Xa Lạ,1,1,Lò Văn Nọi,,,", "Mường Bú,Nà Pát,67,67,,,,", "Mường Bú,Nà Pát,sáu tám,68,Lò Văn Hặc,,,"]);
      assert.ok(await v.page.locator("main table tbody tr").count() >= 3, "each mistake has a row");
      assert.equal((await v.page.request.get(await href('main a[href$="/loi"]'))).status(), 200);
      await v.press('main form:has([value="read_again"]) button');
      await v.press('main form:has([value="put_away"]) button');
      await v.go(`${unit}/nhap`);
      await send([head, "Mường Bú,Nà Pát,67,67,Lò Văn Nọi,vợ là bà Lò Thị Thu,,"]);
      await v.press('main form:has([value="confirm"]) button');
    });

    journey("accounts, posts, the number to call, a new village, the sign-in log", async () => {
      await v.enter("canbo.muongbu");
      const unit = await officers();
      await v.press(`main a[href="${unit}/lien-he"]`);
      await v.fill({ phone: "không có" });
      await submit(422);
      await v.go(`${unit}/giao`);
      await submit(422);
      await v.go(unit);
      await v.press(v.page.locator("main tr", { hasText: "truong.nahin" }).getByRole("link"));
      await v.fill({ step: "away" });
      await refused(/ngày trở lại/i);
      await v.go(`${unit}/nhat-ky-dang-nhap?tai_khoan=truong.naca`);
      await v.go(`${unit}/nhat-ky-dang-nhap`);
      await danchu.clock.forward(60);
      await v.enter("tinh");
      const province = await officers();
      await v.go(`${province}/nhat-ky-dang-nhap`);
      await v.press(`main a[href="${province}/yeu-to-thu-hai"]`);
      await v.go(unit);
      await v.press(`main a[href="${unit}/thon-moi"]`);
      await submit(422);
      await v.fill({ kind: "ban", name: "Pá Lầu (minh họa)", valid_from: "2026-12-01" });
      await submit();
    });

    journey("a new officer: the initial password, his own, the authenticator", async () => {
      await v.enter("tinh");
      const province = await officers();
      await v.press(`main a[href="${province}/them"]`);
      await submit(422);
      await v.fill({ user_name: "pho.sonoivu", display_name: "Phó phòng (minh họa)", role: "province_officer", valid_from: "2026-12-08" });
      await submit();
      const initial = await v.page.locator("main dd").nth(1).innerText();
      await v.signInWith("pho.sonoivu", initial);
      await v.go("/tai-khoan");
      await v.go("/tai-khoan/mat-khau");
      await submit(422);
      const names = await v.page.locator('main input[type="password"]').evaluateAll((all) => all.map((field) => field.name));
      for (const name of names) await v.fill({ [name]: /^(old|present|current|now)/.test(name) ? initial : "suối chảy qua bản 26" });
      await submit();
      await v.go("/tai-khoan/xac-thuc");
      await v.fill({ password: "suối chảy qua bản 26", code: "000000" });
      await submit(422);
      const key = await v.page.locator("main strong").last().innerText();
      await v.fill({ password: "suối chảy qua bản 26", code: code(key, Date.now() + danchu.clock.offset * 1000) });
      await submit();
      assert.ok(await v.page.locator("main ul li").count() >= 5, "recovery codes");
    });

    journey("a PIN, the telephone remembered, and in by the PIN alone", async () => {
      await v.enter("truong.naca");
      await v.go("/tai-khoan");
      await v.go("/tai-khoan/ma-pin");
      await v.press('main form[action="/tai-khoan/ma-pin"] button', 422);
      await v.go("/tai-khoan/ma-pin");
      const remember = v.page.locator('main form[action="/tai-khoan/nho-may"]');
      await remember.locator('[name="pin"]').fill("739415");
      await v.press(remember.locator("button"));
      await v.go("/tai-khoan");
      await v.press('form[action="/dang-xuat"] button, header form button');
      await v.go("/dang-nhap");
      await v.page.locator('main form[action="/dang-nhap/pin"] [name="pin"]').fill("111111");
      await v.press('main form[action="/dang-nhap/pin"] button', 401);
      await v.page.locator('main form[action="/dang-nhap/pin"] [name="pin"]').fill("739415");
      await v.press('main form[action="/dang-nhap/pin"] button');
      assert.equal(path(), "/ban-lam-viec");
    });
  });
