// Bundles the page's own code; called by `make page` with the folder to write to.

import { build } from "esbuild";

const [, , out] = process.argv;
const common = { bundle: true, minify: true, charset: "utf8", legalComments: "none", target: "chrome109", logLevel: "warning" };

await build({
  ...common,
  format: "esm", outdir: out,
  entryPoints: [
    ...["main.js", "page.css"].map((name) => ({ in: `src/${name}`, out: name.split(".")[0] })),
    { in: "../checker/writers/html/fragments.css", out: "fragments" },
  ],
});
await build({ ...common, target: "es5", outdir: out, entryPoints: ["src/old_browser.js"] });
await build({
  ...common,
  entryPoints: ["src/worker.js"],
  outdir: out,
  format: "iife",
  external: ["node:*", "ws"],
});
