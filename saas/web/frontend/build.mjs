// Builds saas/web/static/dist: one style sheet, one script, the worker, htmx, the icon sprite and manifest.json,
// each beside itself compressed.
// Everything is written into the source tree so that an editable install serves it too.
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { build, transform } from "esbuild";
import { compile } from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const modules = join(here, "node_modules");
const dist = join(here, "..", "static", "dist");
const read = (...parts) => readFileSync(join(...parts), "utf8");

/** Styles: Sass to one minified sheet. Bootstrap's own sources still use @import, so its warnings are muted. */
async function styles() {
  const { css } = compile(join(here, "src/styles/app.scss"), {
    loadPaths: [modules],
    quietDeps: true,
    silenceDeprecations: ["import"],
  });
  const { code } = await transform(css, { loader: "css", minify: true, target: "chrome88" });
  writeFileSync(join(dist, "app.css"), code);
}

async function scripts() {
  await build({
    entryPoints: [join(here, "src/scripts/app.ts"), join(here, "src/scripts/worker.ts")],
    outdir: dist,
    bundle: true,
    minify: true,
    format: "iife",
    target: "es2019",
    legalComments: "none",
  });
  cpSync(join(modules, "htmx.org/dist/htmx.min.js"), join(dist, "htmx.min.js"));
}

/** Icons: only those named in icons.json, and the status shapes drawn by us, as symbols of one sprite. */
function icons() {
  const names = JSON.parse(read(here, "src/icons/icons.json"));
  const drawn = Object.entries(names).map(([name, file]) => {
    const svg = read(modules, "bootstrap-icons/icons", `${file}.svg`);
    return symbol(name, svg);
  });
  const folder = join(here, "src/icons/shapes");
  const shapes = readdirSync(folder).sort();
  const own = shapes.map((file) => symbol(`status-${file.replace(".svg", "")}`, read(folder, file)));
  const sprite = `<svg xmlns="http://www.w3.org/2000/svg">${[...drawn, ...own].join("")}</svg>\n`;
  writeFileSync(join(dist, "icons.svg"), sprite);
}

function symbol(name, svg) {
  const inner = svg.replace(/^[\s\S]*?<svg[^>]*>/, "").replace(/<\/svg>\s*$/, "").replace(/\n\s*/g, "");
  return `<symbol id="${name}" viewBox="0 0 16 16">${inner}</symbol>`;
}

/** Licence texts of what is inside the bundle, for whoever receives only the built files. */
function licences() {
  const parts = [
    ["Bootstrap", "bootstrap/LICENSE"],
    ["Bootstrap Icons", "bootstrap-icons/LICENSE"],
    ["htmx", "htmx.org/LICENSE"],
  ];
  const text = parts.map(([name, file]) => `${name}\n\n${read(modules, file)}`).join("\n\n");
  writeFileSync(join(dist, "licences.txt"), text);
}

/** axe is for the browser tests alone and stays out of every page. */
function forTests() {
  mkdirSync(join(dist, "test"));
  cpSync(join(modules, "axe-core/axe.min.js"), join(dist, "test/axe.min.js"));
}

/** manifest.json maps each file to the start of its hash, so that pages can ask for it by content. */
function manifest() {
  const files = readdirSync(dist).filter((name) => /\.(css|js|svg)$/.test(name)).sort();
  const sums = files.map((name) => {
    const sum = createHash("sha256").update(readFileSync(join(dist, name))).digest("hex");
    return [name, sum.slice(0, 8)];
  });
  writeFileSync(join(dist, "manifest.json"), JSON.stringify(Object.fromEntries(sums), null, 2) + "\n");
}

/** Beside each file the same compressed as well as can be: done once here, not for every reader. */
function smaller() {
  for (const name of readdirSync(dist).filter((one) => /\.(css|js|svg)$/.test(one))) {
    const content = readFileSync(join(dist, name));
    writeFileSync(join(dist, `${name}.br`), brotliCompressSync(content));
    writeFileSync(join(dist, `${name}.gz`), gzipSync(content, { level: 9 }));
  }
}

rmSync(dist, { recursive: true, force: true });
mkdirSync(dist, { recursive: true });
await Promise.all([styles(), scripts()]);
icons();
licences();
forTests();
manifest();
smaller();
