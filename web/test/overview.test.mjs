// The overview of a season (`checker collect`, 总览.html) in a real browser, opened from disk with the network off.

import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { BROWSER, python, startBrowser, temporary } from "./page.mjs";

const skip = BROWSER ? false : "没有 Chromium";
const folder = temporary();
let browser;
let page;

before(async () => {
  if (skip) return;
  python(
    `
import sys
from pathlib import Path
sys.path[:0] = [str(Path("tests", *room).resolve()) for room in ((), ("office",), ("readers",))]
from office.inbox import put_all
put_all(Path(sys.argv[1]))
`,
    folder,
  );
  const given = ["--units", join(folder, "单位.xlsx"), "--renames", join(folder, "更名.yaml"), "--today", "2025-03-10"];
  const where = ["-o", join(folder, "结果"), "--no-config", "-q"];
  python("import sys; from checker.__main__ import main; main()", "collect", join(folder, "收件箱"), ...given, ...where);
  browser = await startBrowser();
});

after(() => browser?.close());

/** Open the page; `page.faults` has what went wrong in it, `page.requests` what it asked for. */
async function open({ viewport = { width: 1280, height: 800 }, hash = "", ...more } = {}) {
  await page?.context().close();
  const context = await browser.newContext({ offline: true, viewport, ...more });
  page = await context.newPage();
  page.faults = [];
  page.requests = [];
  page.on("request", (request) => page.requests.push(request.url()));
  page.on("pageerror", (error) => page.faults.push(String(error)));
  page.on("console", (message) => message.type() === "error" && page.faults.push(message.text()));
  await page.goto(pathToFileURL(join(folder, "结果", "总览.html")).href + hash);
}

const shown = () => page.locator(".unit:visible").count();
const first = () => page.locator(".unit:visible h2").first().textContent();

test("a state is chosen and left again, and the number is that of its button", { skip }, async () => {
  await open();
  const all = await shown();
  const chip = page.locator('.chip[data-show="overdue"]');
  const count = Number(await chip.locator("b").textContent());
  await chip.click();
  assert.equal(await shown(), count);
  assert.match(await page.textContent("#matches"), new RegExp(`显示 ${count} 家，共 ${all} 家`));
  await chip.click();
  assert.equal(await shown(), all);
  assert.deepEqual(page.faults, []);
  assert.equal(page.requests.length, 1);
});

test("searching, and filtering by level and rule", { skip }, async () => {
  await open();
  await page.fill("#search", "白鹭镇");
  assert.deepEqual([await shown(), await first()], [1, "云溪县白鹭镇人民政府"]);
  await page.fill("#search", "没有这样的单位");
  assert.equal(await shown(), 0);
  assert.ok(await page.locator("#nobody").isVisible());
  await page.fill("#search", "");
  await page.selectOption("#level", "township");
  assert.equal(await shown(), 16);
  await page.selectOption("#level", "");
  await page.selectOption("#rule", "SET-05");
  assert.equal(await shown(), 2);
});

test("sorting by days late", { skip }, async () => {
  await open();
  await page.selectOption("#sort", "late");
  const late = await page.$$eval(".unit", (units) => units.map((unit) => Number(unit.dataset.late)));
  assert.deepEqual(late, [...late].sort((a, b) => b - a));
  await page.selectOption("#sort", "list");
  assert.equal(await first(), "云溪县人民政府");
});

test("a link opens its unit, also where it was filtered away", { skip }, async () => {
  await open();
  await page.fill("#search", "白鹭镇");
  await page.locator('.rest a[href^="#u"]').first().click();
  const id = await page.evaluate(() => location.hash.slice(1));
  assert.ok(await page.locator(`#${id}`).isVisible());
  assert.ok(await page.locator(`#${id} details`).evaluate((details) => details.open));
});

test("one unit is printed alone", { skip }, async () => {
  await open();
  await page.evaluate(() => (window.print = () => (window.asked = true)));
  const unit = page.locator(".unit", { hasText: "云溪县教育局" }).first();
  await unit.locator("summary").click();
  await unit.locator("button.print").click();
  assert.ok(await page.evaluate(() => window.asked));
  await page.emulateMedia({ media: "print" });
  assert.equal(await shown(), 1);
  assert.equal(await first(), "云溪县教育局");
  await page.evaluate(() => dispatchEvent(new Event("afterprint")));
  assert.ok((await shown()) > 60);
});

test("it fits a narrow screen", { skip }, async () => {
  await open({ viewport: { width: 360, height: 640 } });
  await page.click('button[data-fold="open"]');
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
});

test("without a script everything is there", { skip }, async () => {
  await open({ javaScriptEnabled: false });
  assert.ok((await page.locator(".unit").count()) > 60);
  assert.equal(await page.locator(".controls").isVisible(), false);
  await page.locator(".unit summary").first().click();
  assert.ok(await page.locator(".unit dl").first().isVisible());
});
