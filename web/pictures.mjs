// Pictures of real output for the documentation: `make pictures`; needs Chromium and the packages of package.json.

import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const PROGRAMS = ["chromium", "chromium-browser", "google-chrome"].map((name) => `/usr/bin/${name}`);
const folder = mkdtempSync(join(tmpdir(), "pictures-"));
const browser = await chromium.launch({
  executablePath: process.env.BROWSER_PATH ?? PROGRAMS.find(existsSync),
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
});

// A made-up report as a page, at the total that is wrong.
const report = join(folder, "年报.docx");
const result = join(folder, "result.html");
const MADE = `
import sys
from faults import FAULTS
from samples import write
fault = next(fault for fault in FAULTS if fault.rule == "T3-02" and fault.place)
open(sys.argv[1], "wb").write(write(fault.report, "docx"))
`;
const options = { cwd: folder, env: { ...process.env, PYTHONPATH: `${ROOT}:${join(ROOT, "tests")}` } };
const program = (name) => join(ROOT, ".venv/bin", name);
execFileSync(program("python"), ["-c", MADE, report], options);
execFileSync(program("checker"), ["check", "年报.docx", "--no-config", "--fail-on", "never", "-o", result], options);
const context = await browser.newContext({ offline: true, viewport: { width: 1120, height: 620 } });
const page = await context.newPage();
await page.goto(pathToFileURL(result).href);
await page.click('li[data-rule="T3-02"] a.place');
await page.evaluate(() => document.activeElement.scrollIntoView({ block: "center" }));
await page.screenshot({ path: join(ROOT, "docs/pictures/result.png") });

await browser.close();
rmSync(folder, { recursive: true });
