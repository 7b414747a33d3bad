// Bundles the page's own code; called by `make page` with the folder to write to.

import { build } from "esbuild";

const [, , out] = process.argv;
const common = { bundle: true, minify: true, charset: "utf8", legalComments: "none", target: "chrome109", logLevel: "warning" };

await build({ ...common, entryPoints: ["src/main.js", "src/page.css", "src/old_browser.js"], outdir: out, format: "esm" });
await build({
  ...common,
  entryPoints: ["src/worker.js"],
  outdir: out,
  format: "iife",
  external: ["node:*", "ws"],
});
