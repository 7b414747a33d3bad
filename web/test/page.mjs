// The built page in a real browser, and what the tests compare it with.

import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

export const ROOT = fileURLToPath(new URL("../..", import.meta.url));
export const PAGE = join(ROOT, "dist/年报检查.html");
export const SAMPLES = readdirSync(join(ROOT, "reports_in")).filter((name) => !name.startsWith(".")).sort().map((name) => join(ROOT, "reports_in", name));
export const SITE = join(ROOT, "dist/site");
export const QUICK = Boolean(process.env.QUICK);
const PYTHON = join(ROOT, ".venv/bin/python");
const BROWSERS = ["chromium", "chromium-browser", "google-chrome"].map((name) => `/usr/bin/${name}`);

export const BROWSER = process.env.BROWSER_PATH ?? BROWSERS.find(existsSync);

/** A browser without a network. */
export async function startBrowser() {
  return chromium.launch({ executablePath: BROWSER, args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"] });
}

/** The page, ready. */
export async function openPage(browser, viewport) {
  const page = await browserPage(browser, { viewport });
  await settled(page, "ready", "failed");
  return page;
}

/**
 * The page while it starts; `requests` has every address that it asked for beside its own, `faults` what no code has
 * caught. `taking` is run before its own code.
 */
export async function browserPage(browser, { viewport = { width: 1280, height: 800 }, taking = "", file = PAGE } = {}) {
  const context = await browser.newContext({ offline: true, viewport, acceptDownloads: true });
  const page = await context.newPage();
  if (taking) await page.addInitScript(taking);
  page.requests = [];
  page.faults = [];
  page.on("request", (request) => page.requests.push(request.url()));
  page.on("pageerror", (error) => page.faults.push(String(error)));
  await page.goto(pathToFileURL(file).href);
  return page;
}

/** Wait for one of some states. */
export const settled = (page, ...states) =>
  page.waitForFunction((wanted) => wanted.includes(document.body.dataset.state), states, { timeout: 60_000 });

/** Give the page a file and wait for what it says; returns the state. */
export async function give(page, file) {
  await page.evaluate(() => {
    window.passed = [];
    new MutationObserver(() => window.passed.push(document.body.dataset.state)).observe(document.body, {
      attributeFilter: ["data-state"],
    });
  });
  await page.setInputFiles("#file", file);
  await page.waitForFunction(() => window.passed.includes("checking"), null, { timeout: 20_000 });
  await settled(page, "checked", "failed");
  return page.evaluate(() => document.body.dataset.state);
}

/** Rule and severity of each finding in the list. */
export const findings = (page) =>
  page.$$eval("#findings li", (items) => items.map(({ dataset }) => `${dataset.rule} ${dataset.severity}`));

/** Press a button and take what it gives; returns the path of the file. */
export async function download(page, selector) {
  const [found] = await Promise.all([page.waitForEvent("download"), page.locator(selector).dispatchEvent("click")]);
  const path = join(temporary(), found.suggestedFilename());
  await found.saveAs(path);
  return path;
}

/** What the program itself says of a file, as JSON. */
export function native(file, today) {
  const folder = file.slice(0, file.lastIndexOf("/"));
  const name = file.slice(file.lastIndexOf("/") + 1);
  const options = ["--no-config", "--today", today, "--fail-on", "never", "--format", "json"];
  return run(["-m", "checker", "check", name, ...options], folder);
}

/** Run some Python with the made-up reports of the tests at hand. */
export const python = (code, ...given) => run(["-c", code, ...given], ROOT);

function run(given, cwd) {
  const env = { ...process.env, PYTHONPATH: `${ROOT}:${join(ROOT, "tests")}` };
  try {
    return execFileSync(PYTHON, given, { cwd, env, encoding: "utf8", maxBuffer: 1 << 26 });
  } catch (error) {
    if (error.stdout) return error.stdout; // something unreadable ends with another code
    throw error;
  }
}

export const temporary = () => mkdtempSync(join(tmpdir(), "page-"));
export const byRank = (one, two) => (one < two ? -1 : one > two ? 1 : 0);
