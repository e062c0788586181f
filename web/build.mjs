// node web/build.mjs OUT: writes app.css, app.js, fonts and images to OUT. cmake/assets.cmake runs it.
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import * as sass from "sass";
import { minify } from "terser";

const here = dirname(fileURLToPath(import.meta.url));
const out = process.argv[2] ?? join(here, "dist");
const modules = join(here, "node_modules");

// What a phone loads with the first page, in bytes as sent (gzip), the font apart. Pages themselves need some 8 KB.
const limits = { "app.css": 14 * 1024, "app.js": 5 * 1024 };

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });

// The server serves a file at its name and the beginning of its SHA-256 (src/web/assets.cpp); styles name it so.
const address = (name, bytes) => name.replace(/\.[^.]+$/, `-${createHash("sha256").update(bytes).digest("hex").slice(0, 10)}$&`);
const fonts = Object.fromEntries(
  [400, 700].flatMap((weight) =>
    ["vietnamese", "latin"].map((set) => [
      `be-vietnam-pro-${set}-${weight}.woff2`,
      readFileSync(join(modules, `@fontsource/be-vietnam-pro/files/be-vietnam-pro-${set}-${weight}-normal.woff2`)),
    ]),
  ),
);
for (const [name, bytes] of Object.entries(fonts)) writeFileSync(join(out, name), bytes);

let css = sass.compile(join(here, "styles/app.scss"), {
  style: "compressed",
  loadPaths: [modules],
  quietDeps: true,
  silenceDeprecations: ["import", "global-builtin", "color-functions"],
}).css;
for (const [name, bytes] of Object.entries(fonts)) css = css.replaceAll(name, address(name, bytes));
const js = (await minify(readFileSync(join(here, "scripts/app.js"), "utf8"), { ecma: 2020 })).code;

for (const [name, text] of Object.entries({ "app.css": css, "app.js": js })) {
  const size = gzipSync(text, { level: 9 }).length;
  console.log(`${name}: ${text.length} bytes, ${size} sent`);
  if (size > limits[name]) throw new Error(`${name} is ${size} bytes when sent, its limit is ${limits[name]}`);
  writeFileSync(join(out, name), text);
}
for (const image of readdirSync(join(here, "images"))) copyFileSync(join(here, "images", image), join(out, image));
