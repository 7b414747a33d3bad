// The HTML result (`checker check --format html`) in a real browser, opened from disk with the network off.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { BROWSER, python, QUICK, startBrowser, temporary } from "./page.mjs";

const skip = BROWSER ? false : "没有 Chromium";
const folder = temporary();
let browser;
let page;

before(async () => {
  if (skip) return;
  // One report with several faults and an attack, three reports, and three hundred.
  python(
    `
import sys
from pathlib import Path
from faults import FAULTS
from faults.changes import both
from samples import DEPARTMENT_2024, write
folder = Path(sys.argv[1])
ATTACK = "<script>document.title = 'hit'</script><img src=x onerror=\\"document.title = 'hit'\\">"
at_cells = [fault for fault in FAULTS if fault.place and fault.base == "department"]
sums = [fault.change for fault in at_cells if fault.rule == "T3-02"][:1]
figures = [fault.change for fault in at_cells if fault.rule == "T2-02"][:3]
report = both(*sums, *figures)(DEPARTMENT_2024)
(folder / "one").mkdir()
text = write(report, "txt").decode().replace("把该讲明的讲明白", "把该讲明的讲明白" + ATTACK)
(folder / "one" / "年报.txt").write_text(text, encoding="utf-8")
for name, count in (("few", 3), ("many", 300)):
    (folder / name).mkdir()
    for number in range(count):
        fault = FAULTS[number % len(FAULTS)]
        data = write(fault.report, "txt")
        (folder / name / f"第{number}份.txt").write_bytes(data)
`,
    folder,
  );
  for (const name of ["one", "few", "many"]) {
    const options = ["--no-config", "--fail-on", "never", "-q", "-o", join(folder, `${name}.html`)];
    python("import sys; from checker.__main__ import main; main()", "check", join(folder, name), ...options);
  }
  browser = await startBrowser();
});

after(() => browser?.close());

/** Open one of the pages; `page.faults` has what went wrong in it. */
async function open(name, viewport = { width: 1280, height: 800 }, hash = "") {
  await page?.context().close();
  const context = await browser.newContext({ offline: true, viewport, bypassCSP: false });
  page = await context.newPage();
  page.faults = [];
  page.on("pageerror", (error) => page.faults.push(String(error)));
  page.on("console", (message) => message.type() === "error" && page.faults.push(message.text()));
  await page.goto(pathToFileURL(join(folder, `${name}.html`)).href + hash);
}

const hash = () => page.evaluate(() => location.hash);
const focused = () => page.evaluate(() => document.activeElement.id);
const visible = (selector) => page.locator(selector).filter({ visible: true }).count();

test("from a finding to its place and back", { skip }, async () => {
  await open("one");
  const finding = page.locator('li[data-rule="T3-02"]').first();
  const id = await finding.getAttribute("id");
  const place = await finding.getAttribute("data-place");
  await finding.locator("a.place").click();
  assert.deepEqual([await hash(), await focused()], [`#${place}`, place]);
  assert.ok(await page.locator(`#${place}.active`).isVisible());
  assert.ok((await page.locator(".takes-part").count()) > 0);
  await page.locator(`#${place} a.ref`).first().click();
  assert.deepEqual([await hash(), await focused()], [`#${id}`, id]);
  assert.deepEqual(page.faults, []);
});

test("the keyboard alone is enough", { skip }, async () => {
  await open("one");
  await page.locator("li.finding a.place").first().focus();
  await page.keyboard.press("Enter");
  const place = await page.locator("li.finding").first().getAttribute("data-place");
  assert.equal(await focused(), place);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  assert.match(await focused(), /^f[0-9]+$/);
});

test("severities can be left out, and what is linked to comes back", { skip }, async () => {
  await open("one");
  const all = await page.locator("li.finding").count();
  const errors = await page.locator("li.finding.error").count();
  await page.uncheck('input[data-grade="error"]');
  assert.equal(await visible("li.finding"), all - errors);
  assert.equal(await page.locator("li.finding").count(), all);
  await page.evaluate(() => (location.hash = "#f1"));
  await page.waitForFunction(() => document.querySelector('input[data-grade="error"]').checked);
  assert.equal(await visible("li.finding"), all);
});

test("steps go from finding to finding, round and round", { skip }, async () => {
  await open("one");
  const all = await page.locator("li.finding").count();
  for (let number = 1; number <= all; number += 1) {
    await page.click('button[data-step="1"]');
    assert.equal(await focused(), `f${number}`);
  }
  await page.click('button[data-step="1"]');
  assert.equal(await focused(), "f1");
  await page.click('button[data-step="-1"]');
  assert.equal(await focused(), `f${all}`);
});

test("a finding can be copied", { skip }, async () => {
  await open("one");
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  const button = page.locator("button.copy").first();
  await button.click();
  await page.waitForFunction(() => document.querySelector("button.copy").textContent === "已复制");
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), await button.getAttribute("data-copy"));
});

test("hostile text stays text", { skip }, async () => {
  await open("one");
  assert.ok((await page.textContent("#document")).includes("<script>document.title"));
  assert.equal(await page.locator("#document :is(script, img), #findings :is(script, img)").count(), 0);
  assert.notEqual(await page.title(), "hit");
});

test("without scripts everything is there", { skip }, async () => {
  const context = await browser.newContext({ offline: true, javaScriptEnabled: false });
  const plain = await context.newPage();
  await plain.goto(pathToFileURL(join(folder, "one.html")).href);
  assert.equal(await plain.locator(".controls").filter({ visible: true }).count(), 0);
  const finding = plain.locator("li.finding").first();
  assert.ok(await finding.isVisible());
  await finding.locator("a.place").click();
  assert.ok(plain.url().endsWith(await finding.getAttribute("data-place")));
  await context.close();
});

test("three hundred reports are searched, filtered, unfolded and linked to", { skip }, async () => {
  await open("many");
  assert.equal(await page.textContent("#matches"), "显示 300 份，共 300 份");
  assert.equal(await page.locator("details[open]").count(), 0);
  await page.fill("#search", "第299份");
  assert.equal(await visible(".overview tbody tr"), 1);
  await page.fill("#search", "t3-02");
  const found = await visible(".overview tbody tr");
  assert.ok(found > 0 && found < 300);
  await page.selectOption("#verdicts", "pass");
  assert.ok((await visible(".overview tbody tr")) < found);
  await page.fill("#search", "");
  await page.selectOption("#verdicts", "");
  await page.locator(".overview a").first().click();
  await page.waitForFunction(() => document.querySelectorAll("details[open]").length === 1);
  await page.fill("#search", "没有这样的单位");
  assert.equal(await visible(".report"), 0);
  const id = await page.locator("li.finding").first().getAttribute("id");
  await page.evaluate((anchor) => (location.hash = anchor), id);
  await page.waitForFunction((anchor) => document.getElementById(anchor).getClientRects().length > 0, id);
  assert.equal(await page.textContent("#matches"), "显示 300 份，共 300 份");
  assert.deepEqual(page.faults, []);
});

test("paper shows what is folded", { skip }, async () => {
  await open("many");
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  assert.ok((await page.locator("details[open]").count()) >= 300);
  assert.equal(await page.locator("details:not([open])").count(), 0);
  await page.evaluate(() => dispatchEvent(new Event("afterprint")));
  assert.equal(await page.locator("details[open]").count(), 0);
});

for (const [name, width] of Object.entries({ phone: 360, tablet: 768, desk: 1280 })) {
  test(`nobody is kept out: ${name}`, { skip: skip || (QUICK && "只在完整的测试里") }, async () => {
    for (const file of name === "desk" ? ["one", "few"] : ["one"]) {
      await open(file, { width, height: 800 });
      await page.evaluate(readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8"));
      const { violations } = await page.evaluate(() => axe.run(document));
      assert.deepEqual(violations.map(({ id, nodes }) => [id, nodes.slice(0, 3).map(({ html }) => html)]), []);
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "wider than the window");
    }
  });
}
