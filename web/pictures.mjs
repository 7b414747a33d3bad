// Pictures of real output for the documentation: `make pictures`; needs Chromium, the packages of package.json, and
// for those of Word documents LibreOffice, python3-uno, xvfb and scrot.

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

// A made-up report of a township with its comments, as Word shows them: in sentences, and at a cell with a proposal.
const SAMPLE = `
import sys
from samples import TOWNSHIP_2024, write
open(sys.argv[1], "wb").write(write(TOWNSHIP_2024, "docx"))
`;
const plain = join(folder, "乡镇年报.docx");
const copy = join(folder, "批注.docx");
execFileSync(program("python"), ["-c", SAMPLE, plain], options);
execFileSync(program("checker"), ["annotate", plain, "--propose", "--no-config", "--today", "2025-02-10", "-o", copy], options);
const shown = { "word.png": "INT-04", "word-change.png": "T3-02" };
const wanted = Object.entries(shown).flatMap(([name, rule]) => [join(ROOT, "docs/pictures", name), rule]);
const screen = ["-a", "-s", "-screen 0 1280x900x24"];
execFileSync("xvfb-run", [...screen, "/usr/bin/python3", join(ROOT, "quality/word_window.py"), copy, ...wanted], { ...options, timeout: 180_000 });
rmSync(folder, { recursive: true });
