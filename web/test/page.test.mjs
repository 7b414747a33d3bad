// The one file, opened from disk with the network off: `make test-page`.

import assert from "node:assert/strict";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, test } from "node:test";
import {
  BROWSER, byRank, download, findings, give, native, openPage, PAGE, python, QUICK, SAMPLES, settled, startBrowser, temporary,
} from "./page.mjs";

const skip = BROWSER ? false : "没有 Chromium";
const whole = { skip: skip || (QUICK && "只在完整的测试里") };
const folder = temporary();
const SAMPLE = join(folder, "年报.docx");
const FAULTY = join(folder, "加错的.docx");
const HOSTILE = join(folder, '"><img src=x onerror=alert(1)>.docx');
const KEPT = ["county.pdf", "county.xlsx", "health.doc", "health.ofd", "health.odt", "health.rtf", "health.xls"].map((name) => join(folder, name));
let browser;
let page;

before(async () => {
  if (skip) return;
  // A whole report; the same with a total that is one too many; the same with what would be elements.
  python(
    `
import io, re, sys, zipfile
from samples import DEPARTMENT_2024, write
plain, faulty, hostile = sys.argv[1:]
data = write(DEPARTMENT_2024, "docx")
open(plain, "wb").write(data)

def changed(path, change):
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as given, zipfile.ZipFile(out, "w") as made:
        for name in given.namelist():
            part = given.read(name)
            made.writestr(name, change(part.decode()).encode() if name == "word/document.xml" else part)
    open(path, "wb").write(out.getvalue())

# Attacks beside what is proposed: a year in the title, a mark that stands twice, a total, the label of a row.
text = "&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;&lt;a href=&quot;javascript:alert(1)&quot;&gt;x&lt;/a&gt;"
def attacked(xml):
    total = re.search(r"<w:t[^>]*>9</w:t>", xml[xml.index("本年新收"):]).group()
    start = xml.index(total, xml.index("本年新收"))
    xml = xml[:start] + total.replace("9", "8") + xml[start + len(total):]
    xml = xml.replace("总体情况", "总体情况" + text).replace("其他处理", "其他处理" + text)
    return xml.replace("把该讲明的讲明白。", "把该讲明的讲明白" + text + "。。").replace("起至2024年", "起至2023年", 1)
changed(hostile, attacked)
from checker.annotate import AnnotateOptions
from checker.annotate.docx.corrections import corrected
from checker import check
report = check(data, name="a.docx").report
place = report.tables["T3"].cell("R1", "total").location.source
value = report.tables["T3"].cell("R1", "total").value
open(faulty, "wb").write(corrected(data, {place: str(value + 1)}, AnnotateOptions(), tracked=False)[0])
`,
    SAMPLE, FAULTY, HOSTILE,
  );
  python(
    `
import sys
from pathlib import Path
from variants import kept
files = kept()
for path in map(Path, sys.argv[1:]):
    path.write_bytes(files[path.name])
`,
    ...KEPT,
  );
  browser = await startBrowser();
  page = await openPage(browser);
});

after(() => browser?.close());

const today = () => page.inputValue("#choose-today");
const text = (selector) => page.textContent(selector);

test("the file may be mailed, and lets in nothing", { skip }, async () => {
  assert.ok(statSync(PAGE).size <= 15_000_000);
  const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(readFileSync(PAGE, "utf8"))[1];
  assert.match(policy, /^default-src 'none'/);
  assert.doesNotMatch(policy, /http|\*|'unsafe-eval'|connect-src/);
  assert.equal(await page.evaluate(() => document.body.dataset.state), "ready");
  assert.deepEqual(page.requests.filter((address) => !/^(file|blob):/.test(address)), []);
  assert.deepEqual(page.faults, []);
});

for (const file of QUICK ? [SAMPLES[0], KEPT[0]] : [...SAMPLES, ...KEPT]) {
  test(`says what the program says: ${file.split("/").at(-1)}`, { skip }, async () => {
    assert.equal(await give(page, file), "checked");
    const expected = native(file, await today());
    const { findings: wanted } = JSON.parse(expected).reports[0];
    assert.deepEqual(
      (await findings(page)).sort(byRank),
      wanted.map(({ rule, severity }) => `${rule} ${severity}`).sort(byRank),
    );
    assert.equal(readFileSync(await download(page, "#download-json"), "utf8"), expected);
  });
}

test("an edit is checked, undone, and may be dropped", { skip }, async () => {
  assert.equal(await give(page, SAMPLE), "checked");
  const cell = page.locator('td[data-cell="T3[R1, total]"]');
  const before = (await cell.innerText()).trim();
  await cell.click();
  await page.keyboard.type("99");
  await page.keyboard.press("Escape");
  assert.equal((await cell.innerText()).trim(), before);
  await change(cell, "99", "Enter");
  assert.ok((await findings(page)).length > 0);
  assert.match(await cell.innerText(), /^99/);
  await redrawn(() => page.click("#undo"));
  assert.deepEqual(await findings(page), []);
  assert.equal((await cell.innerText()).trim(), before);
});

test("a proposal is applied by its button", { skip }, async () => {
  assert.equal(await give(page, FAULTY), "checked");
  assert.ok((await findings(page)).length > 0);
  const button = page.getByRole("button", { name: /^改为 \d+$/ }).first();
  await redrawn(() => button.click());
  assert.deepEqual(await findings(page), []);
});

test("words of which only one is right are put in by their buttons, and taken back", { skip }, async () => {
  assert.equal(await give(page, SAMPLES.find((file) => file.includes("松坪镇"))), "checked");
  const rules = async () => (await findings(page)).map((one) => one.split(" ")[0]);
  const before = await rules();
  await redrawn(() => page.locator('li[data-rule="STY-09"] button.apply').click());
  await redrawn(() => page.locator('li[data-rule="INT-04"] button.apply').click());
  assert.deepEqual(await rules(), before.filter((rule) => !["STY-09", "INT-04"].includes(rule)));
  assert.equal(await page.locator("#document p.changed").count(), 2);
  await redrawn(() => page.click("#undo"));
  await redrawn(() => page.click("#undo"));
  assert.deepEqual(await rules(), before);
});

test("downloads are documents, with and without what was changed", whole, async () => {
  await give(page, FAULTY);
  await redrawn(() => page.getByRole("button", { name: /^改为 \d+$/ }).first().click());
  const annotated = await download(page, "#download-annotated");
  const corrected = await download(page, "#download-corrected");
  const clean = await download(page, "#download-clean");
  const rules = (file) => JSON.parse(native(file, "2025-03-01")).reports[0].findings.map(({ rule }) => rule);
  assert.deepEqual([rules(corrected), rules(clean)], [[], []]);
  assert.ok(rules(annotated).length > 0);
  const parts = JSON.parse(python(
    `
import json, sys, zipfile
print(json.dumps([[name in zipfile.ZipFile(path).read("word/document.xml").decode() for name in ("<w:ins ", "commentRangeStart")] for path in sys.argv[1:]]))
`,
    annotated, corrected, clean,
  ));
  assert.deepEqual(parts, [[false, true], [true, false], [false, false]]);
});

test("totals that follow are offered and not changed", whole, async () => {
  await give(page, SAMPLE);
  await change(page.locator('td[data-cell="T3[C1, natural]"]'), "50", "Tab");
  assert.ok(await page.isVisible("#totals"));
  const before = (await findings(page)).length;
  await redrawn(() => page.click("#apply-totals"));
  assert.ok(await page.isHidden("#totals"));
  assert.ok((await findings(page)).every((finding) => !finding.startsWith("T3-03")), String(before));
});

test("text of a report never becomes an element", { skip }, async () => {
  await give(page, HOSTILE);
  const proposals = page.locator("button.apply");
  assert.equal(await proposals.count(), 2);
  assert.equal(await elementsOfReports(), 0);
  assert.match(await text("#document"), /<script>alert\(1\)<\/script>/);
  const wrong = await proposals.count();
  await redrawn(() => proposals.first().click());
  assert.ok((await proposals.count()) < wrong);
  assert.equal(await elementsOfReports(), 0);
  await page.setInputFiles("#other", SAMPLE);
  await page.waitForFunction(() => document.querySelector("#comparison").textContent.includes("相比"));
  assert.equal(await elementsOfReports(), 0);
  assert.deepEqual(page.faults, []);
});

/** How many elements and attributes a report might have brought onto the page. */
const elementsOfReports = () =>
  page.$$eval(
    "body :is(#document, #findings, #status, #files, #about, #tools, #comparison, #omissions, #totals) *",
    (nodes) => nodes.filter((node) =>
      /^(SCRIPT|IMG|IFRAME|LINK|META|FORM|BASE)$/.test(node.tagName) ||
      [...node.attributes].some(({ name, value }) => name.startsWith("on") || (name !== "title" && name !== "download" && /javascript:/i.test(value)))).length,
  );

test("what cannot be read is said, and the next file works", { skip }, async () => {
  const broken = join(folder, "坏的.docx");
  writeFileSync(broken, readFileSync(SAMPLE).subarray(0, 900));
  assert.equal(await give(page, broken), "failed");
  assert.match(await text("#status"), /^[^。]+。[^。]*。?$/);
  for (const selector of ["#tools", "#about", "#omissions details"]) assert.equal(await page.isVisible(selector), false, selector);
  assert.equal(await give(page, SAMPLE), "checked");
  assert.equal(await give(page, SAMPLE), "checked");
});

test("several files are a list, each in its line", whole, async () => {
  const other = await openPage(browser);
  await other.setInputFiles("#file", [SAMPLE, FAULTY]);
  await other.waitForFunction(() => document.querySelectorAll("#files li").length === 2);
  await settled(other, "checked");
  await other.click("#files li:nth-child(2) button");
  assert.ok((await findings(other)).length > 0);
  await other.close();
});

test("of a mail the first report is shown, not the letter", whole, async () => {
  const mail = join(folder, "邮件.eml");
  python(
    `
import sys
from email.message import EmailMessage
mail, report = sys.argv[1:]
message = EmailMessage()
message["Subject"] = "报送年报"
message.set_content("请查收附件。")
message.add_attachment(open(report, "rb").read(), maintype="application", subtype="octet-stream", filename="年报.docx")
open(mail, "wb").write(message.as_bytes())
`,
    mail, FAULTY,
  );
  assert.equal(await give(page, mail), "checked");
  assert.ok((await findings(page)).length > 0);
  assert.match(await page.textContent("#files [aria-current]"), /年报\.docx/);
});

test("paper has what was not judged", whole, async () => {
  await give(page, SAMPLE);
  const open = () => page.$$eval("#omissions details", (all) => all.map((one) => one.open));
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  assert.ok((await open()).every(Boolean));
  await page.evaluate(() => dispatchEvent(new Event("afterprint")));
  assert.ok(!(await open()).some(Boolean));
});

test("a new report is written, checked meanwhile, and taken home", whole, async () => {
  const other = await openPage(browser);
  await other.waitForSelector("#new-report:enabled");
  await other.click("#new-report");
  await settled(other, "checked");
  const half = await other.evaluate(() => document.querySelector("#document").getBoundingClientRect().height / innerHeight);
  assert.ok(half > 0.5, `the report has ${half} of the window while it is written`);
  await other.fill("#draft-agency", "沅平县自然资源局");
  await other.fill("#draft-year", "2025");
  await other.waitForFunction(() => document.querySelector("#document .title")?.textContent.startsWith("沅平县自然资源局2025年"));
  await other.setInputFiles("#previous", SAMPLE);
  await other.waitForFunction(() => document.querySelector('td[data-cell="T3[R2, total]"]')?.textContent.trim() !== "");
  await other.click('td[data-cell="T3[R1, natural]"]');
  await other.keyboard.type("5");
  await other.keyboard.press("Tab");
  await other.waitForFunction(() => document.querySelector('td[data-cell="T3[R1, natural]"]').classList.contains("changed"));
  const [report] = JSON.parse(native(await download(other, "#download-clean"), "2026-01-10")).reports;
  assert.deepEqual([report.identity.agency, report.identity.year], ["沅平县自然资源局", 2025]);
  assert.equal(report.tables.T3.R1.natural, 5);
  assert.notEqual(report.tables.T3.R2.total, null);
  await other.close();
});

test("two versions are compared", whole, async () => {
  await give(page, SAMPLE);
  await page.setInputFiles("#other", FAULTY);
  await page.waitForFunction(() => document.querySelector("#comparison").textContent.includes("已经没有的问题"));
  assert.match(await text("#comparison"), /不同的数 1 格/);
});

test("a check that is stopped leaves a page that works", whole, async () => {
  const long = join(folder, "很长.txt");
  const sentence = "全年收到政府信息公开申请5件，其中自然人3件、企业2件，办结4件，结转下年1件。\n";
  writeFileSync(long, readFileSync(SAMPLES.find((name) => name.endsWith(".txt")), "utf8") + sentence.repeat(20_000));
  await page.setInputFiles("#file", long);
  await settled(page, "checking");
  await page.click("#stop");
  await settled(page, "failed");
  assert.match(await text("#status"), /已停止/);
  assert.equal(await give(page, SAMPLE), "checked");
});

for (const [name, size] of Object.entries({ phone: [360, 740], tablet: [768, 1024], desk: [1280, 800] })) {
  test(`nobody is kept out: ${name}`, whole, async () => {
    const other = await openPage(browser, { width: size[0], height: size[1] });
    await give(other, FAULTY);
    assert.deepEqual(await barriers(other), []);
    assert.ok(await other.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    const label = other.locator("th:has(+ td[data-cell])").last();
    const [left, edge] = await label.evaluate((node) => {
      const sheet = node.closest(".sheet");
      for (const cell of node.parentElement.querySelectorAll("td")) cell.style.minWidth = "40vw";
      sheet.scrollLeft = 1000;
      return [node.getBoundingClientRect().left, sheet.getBoundingClientRect().left];
    });
    assert.ok(Math.abs(left - edge) < 2, `${left} ${edge}`);
    await label.evaluate((node) => node.scrollIntoView());
    await give(other, SAMPLE);
    const moved = () => ["html", "body", "#document", "#panel"].map((name) => document.querySelector(name).scrollTop);
    assert.deepEqual(await other.evaluate(moved), [0, 0, 0, 0]);
    await other.close();
  });
}

test("nobody is kept out of writing, nor of the empty page", whole, async () => {
  const other = await openPage(browser);
  assert.deepEqual(await barriers(other), []);
  await other.waitForSelector("#new-report:enabled");
  await other.click("#new-report");
  await settled(other, "checked");
  assert.deepEqual(await barriers(other), []);
  await other.close();
});

/** What axe finds that keeps people out, mild or serious, with the first elements that have it. */
async function barriers(other) {
  await other.evaluate(readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8"));
  const { violations } = await other.evaluate(() => axe.run(document));
  return violations.map(({ id, nodes }) => [id, nodes.slice(0, 3).map(({ html }) => html)]);
}

/** Do something, and wait until the page has checked again. */
async function redrawn(action) {
  await page.evaluate(() => {
    window.redrawn = false;
    new MutationObserver((_, observer) => {
      if (document.body.dataset.state !== "checked") return;
      window.redrawn = true;
      observer.disconnect();
    }).observe(document.body, { attributeFilter: ["data-state"] });
  });
  await action();
  await page.waitForFunction(() => window.redrawn, null, { timeout: 20_000 });
}

const change = (cell, value, key) =>
  redrawn(async () => {
    await cell.click();
    await page.keyboard.type(value);
    await page.keyboard.press(key);
  });
