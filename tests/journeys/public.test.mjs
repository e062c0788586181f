// What anybody may do without an account, on a phone and a desktop, with scripts and without.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { Danchu } from "../lib/danchu.mjs";
import { Visitor, launch, screens } from "./lib/browser.mjs";

let danchu, browser;
before(async () => {
  danchu = await Danchu.start({ at: "2026-12-08T08:00" });
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await danchu?.stop();
});

for (const screen of screens)
  describe(screen.name, () => {
    let visitor;
    before(async () => { visitor = await Visitor.open(browser, danchu, screen); });
    after(async () => { await visitor.close(); });
    const journey = (name, story) => test(name, async () => {
      visitor.findings.length = 0;
      try {
        await story(visitor);
      } catch (error) {
        await visitor.picture(`${name} ${screen.name}`);
        error.message += `\nat ${visitor.page.url()}\n${danchu.log.slice(-1500)}`;
        throw error;
      }
      visitor.assertNoFindings();
    });

    journey("from the map of 75 communes to a village and a decision", async (v) => {
      await v.go("/");
      assert.equal(new Set(await v.page.locator('main a[href^="/xa/"]').evaluateAll((all) => all.map((a) => a.getAttribute("href")))).size, 75);
      await v.go("/xa/03847");
      await v.press('main a[href^="/thon/"]');
      await v.go("/");
      const matter = v.page.locator('main a[href^="/viec/"]');
      assert.ok(await matter.count(), "the demo has matters");
      await v.press(matter);
      assert.match(await v.text(), /Đ\.\d|Điều \d/, "says why it is lawful");
    });

    journey("search with and without tone marks, and by an old name", async (v) => {
      for (const words of ["Mường Bú", "muong bu"]) {
        await v.go("/tim-kiem");
        await v.fill({ q: words });
        await v.press("main form button");
        assert.match(await v.text(), /Mường Bú/);
      }
      await v.go("/tim-kiem?q=kh%C3%B4ng+c%C3%B3+%C4%91%C3%A2u");
    });

    journey("an old commune's address leads to today's", async (v) => {
      await v.go("/xa/03652");  // the old ward of Quyết Thắng, part of Tô Hiệu since 1 July 2025
      assert.equal(new URL(v.page.url()).pathname, "/xa/03646");
      assert.match(await v.text(), /Tô Hiệu/);
    });

    journey("the law in force, rule by rule", async (v) => {
      await v.go("/luat");
      await v.go("/luat/DEC-01");
      assert.match(await v.text(), /10\/2022/);
    });

    journey("the chain of acts can be checked", async (v) => {
      await v.go("/kiem-chung");
    });

    journey("the other language and back", async (v) => {
      await v.go("/");
      assert.equal(await v.page.locator("html").getAttribute("lang"), "vi");
      await v.press('a[hreflang="en"]');
      assert.equal(await v.page.locator("html").getAttribute("lang"), "en");
      assert.doesNotMatch(await v.page.locator("body").innerText(), /Đăng nhập/);
      await v.press('a[hreflang="vi"]');
      assert.equal(await v.page.locator("html").getAttribute("lang"), "vi");
    });

    journey("what stands still", async (v) => {
      for (const path of ["/gioi-thieu", "/du-lieu-ca-nhan", "/du-lieu-mo", "/ma-nguon", "/ho-tro"]) await v.go(path);
    });

    journey("errors say what, in the right language, and keep what was typed", async (v) => {
      await v.go("/khong-co-trang-nay", 404);
      await v.go("/viec/0000000000000", 404);
      await v.go("/en/viec/0000000000000", 404);
      await v.go("/dang-nhap");
      await v.fill({ user: "truong.naca", password: "sai mật khẩu", code: "000000" });
      await v.press("main form button", 403).catch(() => {});
      assert.equal(await v.page.locator('[name="user"]').inputValue(), "truong.naca");
      assert.equal(await v.page.locator('[name="password"]').inputValue(), "");
      assert.ok(await v.page.locator(".govuk-error-summary").isVisible());
    });
  });

test("the first page is at most 30 KB on the wire, the font apart", async () => {
  const page = await fetch(danchu.url, { headers: { "accept-encoding": "br" } });
  let bytes = Number(page.headers.get("content-length"));
  const html = await page.text();
  const parts = new Set([...html.matchAll(/(?:<link[^>]+rel="?(?:stylesheet|modulepreload)"?[^>]*href|<script[^>]+src)="([^"]+)"/g)].map((found) => found[1]));
  assert.ok(parts.size);
  for (const part of parts) {
    const { headers } = await fetch(new URL(part, danchu.url), { headers: { "accept-encoding": "br" } });
    bytes += Number(headers.get("content-length"));
  }
  assert.ok(bytes <= 30 * 1024, `${bytes} bytes: the page and ${[...parts].join(", ")}`);
});

test("/openapi.json is a valid OpenAPI 3.1 description", async () => {
  const description = await (await fetch(`${danchu.url}/openapi.json`)).json();
  assert.match(description.openapi, /^3\.1/);
  assert.ok(Object.keys(description.paths).length > 20);
  const file = join(danchu.directory, "openapi.json");
  await writeFile(file, JSON.stringify(description, null, 1));
  const here = fileURLToPath(new URL(".", import.meta.url));
  const lint = spawnSync(join(here, "node_modules/.bin/redocly"), ["lint", "--config", join(here, "redocly.yaml"), file],
    { env: { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" }, encoding: "utf8" });
  assert.equal(lint.status, 0, lint.stdout + lint.stderr);
});
