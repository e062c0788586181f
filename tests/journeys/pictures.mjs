// Makes the pictures of the README and docs/ from the demo: node tests/journeys/pictures.mjs FOLDER
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Danchu } from "../lib/danchu.mjs";
import { launch } from "./lib/browser.mjs";

const folder = process.argv[2] ?? "docs/pictures";
const phone = { viewport: { width: 360, height: 740 }, deviceScaleFactor: 1.5 };
const desktop = { viewport: { width: 1280, height: 900 } };

await mkdir(folder, { recursive: true });
const danchu = await Danchu.start({ at: "2026-12-08T08:00" });
const browser = await launch();
try {
  const json = async (path) => (await fetch(danchu.url + path, { headers: { accept: "application/json" } })).json();
  const page = async (screen, language = "vi") =>
    (await browser.newContext({ ...screen, locale: language, baseURL: danchu.url })).newPage();
  const shoot = async (on, path, name) => {
    if (path) await on.goto(path);
    await on.evaluate(() => document.fonts.ready);
    // Chromium's screenshots are PNG or JPEG; its canvas writes WebP, a fifth of the size.
    const png = (await on.screenshot()).toString("base64");
    const painter = await page(desktop);
    const webp = await painter.evaluate(async (data) => {
      const picture = new Image();
      picture.src = `data:image/png;base64,${data}`;
      await picture.decode();
      const canvas = Object.assign(document.createElement("canvas"), { width: picture.width, height: picture.height });
      canvas.getContext("2d").drawImage(picture, 0, 0);
      return canvas.toDataURL("image/webp", 0.82).split(",")[1];
    }, png);
    await painter.context().close();
    await writeFile(join(folder, `${name}.webp`), Buffer.from(webp, "base64"));
  };
  const signIn = async (on, user) => {
    const { password, code } = (await json("/dang-nhap")).demo_accounts.find((one) => one.user === user);
    await on.goto("/dang-nhap");
    await on.fill('[name="user"]', user);
    await on.fill('[name="password"]', password);
    if (code) await on.fill('[name="code"]', code);
    await Promise.all([on.waitForURL((url) => !url.pathname.endsWith("/dang-nhap")), on.click("main form button")]);
  };

  const home = await json("/");
  const decision = [...home.decided, ...home.open, ...home.coming][0];
  const wide = await page(desktop), small = await page(phone), english = await page(desktop, "en");
  await shoot(wide, "/", "home");
  await shoot(english, "/en/", "home-en");
  await shoot(small, "/", "home-phone");
  await shoot(wide, decision.url, "decision");
  await shoot(small, decision.url, "decision-phone");
  await shoot(english, `/en${decision.url}`, "decision-en");
  await shoot(wide, "/xa/03847", "commune");
  await shoot(wide, "/luat/DEC-01", "law");
  await signIn(small, "truong.naca");
  await shoot(small, null, "desk-phone");
  await signIn(wide, "canbo.muongbu");
  await shoot(wide, null, "desk");
} finally {
  await browser.close();
  await danchu.stop();
}
