// Browsers that lack something: one sentence that says what to do, and nothing else goes wrong.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { BROWSER, browserPage, PAGE, settled, startBrowser, temporary } from "./page.mjs";

const skip = BROWSER ? false : "没有 Chromium";
const SENTENCE = /^[^。]*浏览器[^。]*。请换用新版的 360、奇安信、Chrome、Edge 浏览器[^。]*。$/;
const TOO_OLD = /^这个浏览器太旧，或者正处在兼容模式。请切换到极速模式，或换用新版的 360、奇安信、Chrome、Edge 浏览器打开本页。$/;
let browser;

before(async () => {
  if (!skip) browser = await startBrowser();
});

after(() => browser?.close());

/** What takes something from the browser before the page's own code runs, and what is said of it. */
const LACKING = {
  Worker: "delete globalThis.Worker",
  DecompressionStream: "delete globalThis.DecompressionStream",
  WebAssembly: "delete globalThis.WebAssembly",
  // Given back afterwards to the program that drives the browser.
  BigInt64Array: "const kept = BigInt64Array; delete globalThis.BigInt64Array; addEventListener('DOMContentLoaded', () => { globalThis.BigInt64Array = kept; })",
  replaceChildren: "delete Element.prototype.replaceChildren",
  replaceAll: "delete String.prototype.replaceAll",
};

for (const [name, taking] of Object.entries(LACKING)) {
  test(`a browser without ${name}`, { skip }, async () => {
    const status = await failing(taking);
    assert.match(status, SENTENCE);
    assert.match(status, new RegExp(`（${name}）`));
  });
}

/** What is there and does not work: a policy of the office, a program that protects the computer, an old engine. */
const BROKEN = {
  "an engine that does not know the program's instructions": "WebAssembly.compile = async () => { throw new WebAssembly.CompileError('invalid opcode') }",
  "workers that must not be started": "Worker = class { constructor() { throw new DOMException('denied', 'SecurityError') } }",
  "a worker whose code is not understood": "const Real = Worker; Worker = function () { return new Real(URL.createObjectURL(new Blob(['?'])) ) }",
  "too little memory": "WebAssembly.compile = async () => { throw new RangeError('Out of memory') }",
  "decompression that fails": "DecompressionStream = class { constructor() { throw new TypeError('gzip') } }",
};

for (const [name, breaking] of Object.entries(BROKEN)) {
  test(`a browser with ${name}`, { skip }, async () => {
    assert.match(await failing(breaking), SENTENCE);
  });
}

test("a browser without modules", { skip }, async () => {
  assert.match(await failing("", (html) => html.replace('<script type="module">', '<script type="of later">')), TOO_OLD);
});

test("a browser whose JavaScript is older than the page's", { skip }, async () => {
  const script = "class Page { #new@syntax }";
  const changed = (html) => {
    const [, real] = /<script type="module">([\s\S]*?)<\/script>/.exec(html);
    const source = (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
    return html.replace(real, () => script).replace(source(real), () => source(script));
  };
  assert.match(await failing("", changed, /SyntaxError/), TOO_OLD);
});

/** Open the page in a browser that lacks something, see that it fails in good order, and give what it says. */
async function failing(taking, change = null, fault = null) {
  let file = PAGE;
  if (change) writeFileSync((file = join(temporary(), "页.html")), change(readFileSync(PAGE, "utf8")));
  const page = await browserPage(browser, { taking, file });
  await settled(page, "failed");
  assert.ok(await page.isDisabled("#file"));
  assert.ok(await page.isDisabled("#new-report"));
  assert.ok(await page.isVisible("#status"));
  if (fault) assert.match(page.faults.join(), fault);
  else assert.deepEqual(page.faults, []);
  assert.deepEqual(page.requests.filter((address) => !/^(file|blob):/.test(address)), []);
  const text = await page.evaluate(() => document.body.innerText);
  assert.doesNotMatch(text, /Error|Traceback|undefined|\bat /);
  const said = await page.textContent("#status");
  await page.close();
  return said;
}
