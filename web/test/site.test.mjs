// The documentation opened from disk with the network off: `make site`, then `make test-page`.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { BROWSER, QUICK, SITE, startBrowser } from "./page.mjs";

const skip = !BROWSER ? "没有 Chromium" : QUICK ? "只在完整的测试里" : existsSync(SITE) ? false : "没有做好的网站";
let browser;
let page;

before(async () => {
  if (skip) return;
  browser = await startBrowser();
  page = await (await browser.newContext({ offline: true })).newPage();
  page.strange = [];
  page.on("request", (request) => request.url().startsWith("file:") || page.strange.push(request.url()));
  page.on("pageerror", (error) => page.strange.push(String(error)));
});

after(() => browser?.close());

const address = (name) => pathToFileURL(join(SITE, name)).href;

for (const [words, found] of Object.entries({ 例外清单: "例外清单", 上年结转: "正文与表格", "T3-02": "表格", 批注: "批注：把问题写回文件里" })) {
  test(`the site finds ${words}`, { skip }, async () => {
    await page.goto(`${address("search.html")}?q=${encodeURIComponent(words)}`);
    await page.waitForFunction((title) => [...document.querySelectorAll("#search-results li a")].some((a) => a.textContent === title), found);
    assert.deepEqual(page.strange, []);
  });
}

test("a word that stands nowhere is not found", { skip }, async () => {
  await page.goto(`${address("search.html")}?q=${encodeURIComponent("鹦鹉螺")}`);
  await page.waitForFunction(() => /没有|未找到|0 /.test(document.querySelector("#search-results p, .search-summary")?.textContent ?? ""));
  assert.equal(await page.locator("#search-results li").count(), 0);
});

test("the first page has its pictures", { skip }, async () => {
  await page.goto(address("index.html"));
  await page.waitForURL(/README\.html$/);
  const widths = await page.$$eval("article img", (images) => images.map((image) => image.naturalWidth));
  assert.ok(widths.length >= 2 && widths.every((width) => width > 0), String(widths));
  assert.deepEqual(page.strange, []);
});
