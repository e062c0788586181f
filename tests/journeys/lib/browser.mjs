// Debian's Chromium, as a phone and as a desktop, with and without JavaScript. Every page a visitor is shown is checked.
import { chromium } from "playwright-core";
import { Client } from "../../lib/client.mjs";
import { Inspector, htmlFindings } from "./checks.mjs";

export const flags = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"];
export const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";

export const screens = [
  { name: "360 px, no JavaScript", viewport: { width: 360, height: 740 }, javaScriptEnabled: false },
  { name: "360 px, JavaScript", viewport: { width: 360, height: 740 }, javaScriptEnabled: true },
  { name: "1280 px, no JavaScript", viewport: { width: 1280, height: 900 }, javaScriptEnabled: false },
  { name: "1280 px, JavaScript", viewport: { width: 1280, height: 900 }, javaScriptEnabled: true },
];

export const launch = () => chromium.launch({ executablePath, args: flags });

// One person with one browser.
export class Visitor {
  constructor(danchu, page) {
    Object.assign(this, { danchu, page, findings: [], visited: [], taps: 0 });
    page.on("pageerror", (error) => this.findings.push(`${page.url()}: script error: ${error.message}`));
    page.on("console", (message) => {
      if (message.type() === "error" && !/status of 4\d\d/.test(message.text()))
        this.findings.push(`${page.url()}: console: ${message.text()}`);
    });
  }

  static async open(browser, danchu, screen = screens[0]) {
    const { viewport, javaScriptEnabled } = screen;
    const context = await browser.newContext({ viewport, javaScriptEnabled, locale: "vi-VN", baseURL: danchu.url });
    const visitor = new Visitor(danchu, await context.newPage());
    visitor.name = screen.name;
    visitor.page.setDefaultTimeout(60_000);
    visitor.inspector = await Inspector.open(browser, viewport);
    return visitor;
  }

  async go(path, status = 200) {
    const response = await this.page.goto(path);
    return this.look(response, status);
  }

  // Presses a button or follows a link, by what stands on it or by selector, and looks at the page it leads to.
  async press(target, status = 200) {
    ++this.taps;
    const element = typeof target === "string" ? this.page.locator(target) : target;
    const [response] = await Promise.all([
      this.page.waitForResponse((r) => r.request().isNavigationRequest() && !(r.status() >= 300 && r.status() < 400)),
      element.first().click(),
    ]);
    return this.look(response, status);
  }

  button(name) { return this.page.getByRole("button", { name }); }
  link(name) { return this.page.getByRole("link", { name }); }

  async look(response, status) {
    await this.page.waitForLoadState("load");
    const where = `${new URL(this.page.url()).pathname}`;
    this.visited.push(where);
    if (response && response.status() !== status) {
      const text = await this.page.locator("main").innerText().catch(() => "");
      throw new Error(`${where} answered ${response.status()}, not ${status}: ${text.slice(0, 1500)}`);
    }
    if (!this.inspector.isNew(await this.content())) return this.page;
    // DANCHU_PICTURES=1: whoever wants to see every page finds it in build/journeys.
    if (process.env.DANCHU_PICTURES) await this.picture(`${this.name}-${String(this.visited.length).padStart(3, "0")}-${where}`);
    const found = [
      ...(response ? await htmlFindings(await response.text()) : []),
      ...(await this.inspector.findings(this.page.url(), await this.content())),
    ];
    this.findings.push(...found.map((finding) => `${where}: ${finding}`));
    return this.page;
  }

  // The page as it stands; on a slow machine the answer may have come while the page before still stands.
  async content() {
    for (let tries = 1; ; ++tries)
      try {
        return await this.page.content();
      } catch (error) {
        if (tries === 20 || !/navigating/.test(error.message)) throw error;
        await this.page.waitForTimeout(100);
        await this.page.waitForLoadState("load");
      }
  }

  // Whether what the person looks at now is all right is asked once, at the end of a journey.
  assertNoFindings() {
    if (this.findings.length) throw new Error([...new Set(this.findings)].join("\n"));
  }

  // Fills a form: names of fields to what a person types, ticks or chooses.
  async fill(values) {
    for (const [name, value] of Object.entries(values)) {
      const field = this.page.locator(`[name="${name}"]`);
      const kind = await field.first().getAttribute("type");
      if (kind === "radio") await this.page.locator(`[name="${name}"][value="${value}"]`).check();
      else if (kind === "checkbox") await (value ? field.last().check() : field.last().uncheck());
      else if (await field.first().evaluate((e) => e.tagName === "SELECT")) await field.selectOption(String(value));
      else await field.fill(String(value));
    }
  }

  async text() { return this.page.locator("main").innerText(); }

  async signIn(user) {
    await this.signOut();
    const { demo_accounts } = await (await fetch(`${this.danchu.url}/dang-nhap.json`)).json();
    const account = demo_accounts.find((one) => one.user === user);
    if (!account) throw new Error(`the demo has no account ${user}`);
    await this.go("/dang-nhap");
    await this.fill({ user, password: account.password, ...(account.code ? { code: account.code } : {}) });
    await this.press("main form button");
  }

  // Of a village the sign-in page does not name; `password` alone.
  async signInWith(user, password) {
    await this.signOut();
    await this.go("/dang-nhap");
    await this.fill({ user, password });
    await this.press("main form button");
  }
  // Signed in without the sign-in page, for journeys that are about what lies behind it.
  async enter(user, password) {
    await this.signOut();
    const client = password ? new Client(this.danchu) : await Client.as(this.danchu, user);
    if (password) await (await client.post("/dang-nhap", { user, password })).text();
    if (!client.cookies.size) throw new Error(`${user} cannot sign in`);
    await this.page.context().addCookies([...client.cookies].map(([name, value]) => ({ name, value, url: this.danchu.url })));
  }
  async signOut() { await this.page.context().clearCookies(); }

  // For who has to find out why a journey failed: build/journeys/NAME.png.
  async picture(name) {
    const folder = new URL("../../../build/journeys/", import.meta.url).pathname;
    await this.page.screenshot({ path: `${folder}${name.replace(/\W+/g, "-")}.png`, fullPage: true }).catch(() => {});
  }

  async close() {
    await this.inspector.close();
    await this.page.context().close();
  }
}
