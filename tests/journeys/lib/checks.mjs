// What every page must pass: axe without a finding, valid HTML, no script error, no scrolling sideways.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { FileSystemConfigLoader, HtmlValidate } from "html-validate";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const validator = new HtmlValidate(new FileSystemConfigLoader({
  root: true,
  extends: ["html-validate:recommended"],
  rules: {
    "void-style": "off",
    "no-trailing-whitespace": "off",
    "long-title": "off",
    // govuk-frontend gives lists and summaries roles that some screen readers need.
    "no-redundant-role": "off",
    // The boxes of one question share its name.
    "form-dup-name": ["error", { shared: ["radio", "button", "reset", "submit", "checkbox"] }],
    // Dates and numbers are kept together by the sentences they stand in.
    "tel-non-breaking": "off",
    // As HTML has it: an id may begin with a digit (a date is one).
    "valid-id": ["error", { relaxed: true }],
  },
}));

export async function htmlFindings(html) {
  const { results } = await validator.validateString(html);
  return results.flatMap(({ messages }) => messages)
    .map(({ ruleId, message, line, column }) => `html ${ruleId} at ${line}:${column}: ${message}`);
}

// Looks at a copy of a page in a browser of its own, where axe may run whatever the visitor's browser allows: the
// same address and size, the given HTML, its styles, no scripts.
export class Inspector {
  static async open(browser, viewport) {
    const inspector = new Inspector();
    inspector.seen = new Set();
    const context = await browser.newContext({ viewport, bypassCSP: true });
    inspector.page = await context.newPage();
    await inspector.page.route("**/*", (route) => {
      const request = route.request();
      if (request.isNavigationRequest()) return route.fulfill({ contentType: "text/html; charset=utf-8", body: inspector.html });
      return request.resourceType() === "script" ? route.abort() : route.continue();
    });
    return inspector;
  }

  // A page that was looked at already, but for the keys of its forms, is not looked at again.
  isNew(html) {
    const seen = createHash("sha256").update(html.replace(/value="[\w-]{22}"/g, "")).digest("hex");
    if (this.seen.has(seen)) return false;
    this.seen.add(seen);
    return true;
  }

  async findings(url, html) {
    this.html = html;
    await this.page.goto(url);
    await this.page.evaluate(`${axe}; undefined`);
    const [violations, wide, width] = await this.page.evaluate(async () => {
      const { violations } = await axe.run(document, { resultTypes: ["violations"] });
      return [violations, document.documentElement.scrollWidth, window.innerWidth];
    });
    const found = violations.map(({ id, help, nodes }) =>
      `axe ${id}: ${help}: ${nodes.slice(0, 3).map(({ html }) => html.slice(0, 200)).join(" | ")}`);
    if (wide > width) found.push(`the page is ${wide} px wide in a window of ${width} px`);
    return found;
  }

  async close() { await this.page.context().close(); }
}
