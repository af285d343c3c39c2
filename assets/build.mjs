// Builds the front end into the app's static folder: one entry for every page, map and charts only where used.
import { build } from "esbuild";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { brotliCompressSync, gzipSync } from "node:zlib";

const out = "src/linli/web/static/build";
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });

const shared = {
  bundle: true,
  minify: true,
  legalComments: "none",
  target: ["chrome87", "safari15", "firefox90"],
  loader: { ".woff2": "dataurl", ".woff": "dataurl", ".svg": "dataurl" },
};
await build({ ...shared, entryPoints: { theme: "assets/theme.css" }, outdir: out });
await build({ ...shared, entryPoints: { app: "assets/app.js" }, outdir: out, format: "esm" });
await build({ ...shared, entryPoints: { worker: "assets/worker.js" }, outdir: out });
cpSync("assets/app-icon.svg", `${out}/app-icon.svg`);
await build({ ...shared, entryPoints: { map: "assets/map.js" }, outdir: out, format: "esm", target: "es2022" });
await build({ ...shared, entryPoints: { chart: "assets/chart.js" }, outdir: out, format: "esm" });
cpSync("node_modules/maplibre-gl/dist/maplibre-gl-worker.mjs", `${out}/maplibre-gl-worker.mjs`);

// One sprite of the icons that the templates name.
const icons = readFileSync("assets/icons.txt", "utf8").split(/\s+/).filter(Boolean);
const symbols = icons.map((name) => {
  const svg = readFileSync(`node_modules/@tabler/icons/icons/outline/${name}.svg`, "utf8");
  const inner = svg.replace(/<!--[\s\S]*?-->/g, "").replace(/^[\s\S]*?<svg[^>]*>/, "").replace(/<\/svg>[\s\S]*$/, "");
  return `<symbol id="${name}" viewBox="0 0 24 24">${inner.trim()}</symbol>`;
});
writeFileSync(`${out}/icons.svg`, `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>`);

// Compressed beside the plain files, which the server hands out to whoever can unpack them: a tenth over a slow line.
for (const name of readdirSync(out)) {
  const content = readFileSync(`${out}/${name}`);
  writeFileSync(`${out}/${name}.gz`, gzipSync(content, { level: 9 }));
  writeFileSync(`${out}/${name}.br`, brotliCompressSync(content));
}
