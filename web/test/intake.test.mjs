// Files that come otherwise than by the button: dropped, in folders, pasted; and text that is pasted.

import assert from "node:assert/strict";
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { BROWSER, browserPage, findings, native, openPage, python, SAMPLES, settled, startBrowser, temporary } from "./page.mjs";

const skip = BROWSER ? false : "没有 Chromium";
const folder = temporary();
const TEXT = SAMPLES.find((file) => file.endsWith(".txt"));
const WORD = SAMPLES.find((file) => file.endsWith(".docx"));
let browser;
let page;

before(async () => {
  if (skip) return;
  browser = await startBrowser();
  page = await openPage(browser);
});

after(() => browser?.close());

/** What a person drops who drags files or folders from outside of the browser. */
async function drop(target, ...files) {
  const session = await target.context().newCDPSession(target);
  const drag = (type) => session.send("Input.dispatchDragEvent", { type, x: 300, y: 300, data: { items: [], files, dragOperationsMask: 1 } });
  await drag("dragEnter");
  await drag("dragOver");
  // The page has answered that it takes them, and shows so; a hand moves on over what is shown.
  await target.waitForFunction(() => document.body.classList.contains("dragging"));
  await drag("dragOver");
  await target.evaluate(() => new Promise(requestAnimationFrame));
  await drag("dragOver");
  await drag("drop");
}

/** What the clipboard has when somebody pastes: texts by their types, and files by their names. */
const paste = (texts, files = {}, selector = "body") =>
  page.evaluate(
    ([contents, names, wanted]) => {
      const clipboardData = new DataTransfer();
      for (const [type, text] of Object.entries(contents)) clipboardData.setData(type, text);
      for (const [name, [type, bytes]] of Object.entries(names)) clipboardData.items.add(new File([new Uint8Array(bytes)], name, { type }));
      document.querySelector(wanted).dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
    },
    [texts, files, selector],
  );

/** Do something that makes the page check, and wait until what is shown is of this name. */
async function shows(action, name, target = page) {
  await action();
  await target.waitForFunction((wanted) => document.title.startsWith(wanted) && document.body.dataset.state === "checked", name, { timeout: 15_000 });
}

const lines = (target = page) => target.$$eval("#files .name", (all) => all.map((one) => one.textContent));
const rules = async (file) => JSON.parse(native(file, await page.inputValue("#choose-today"))).reports[0].findings.map(({ rule }) => rule).sort();
const found = async () => (await findings(page)).map((one) => one.split(" ")[0]).sort();

test("files that are dropped are checked, each in its line", { skip }, async () => {
  await shows(() => drop(page, WORD, TEXT), WORD.split("/").at(-1));
  await page.waitForFunction(() => document.querySelectorAll("#files li").length === 2);
  assert.equal(await page.getAttribute("body", "class"), "");
});

test("of a folder all that can be read is checked, and what is left out is said", { skip }, async () => {
  const dropped = join(folder, "报送");
  mkdirSync(join(dropped, "甲局"), { recursive: true });
  copyFileSync(TEXT, join(dropped, "年报.txt"));
  copyFileSync(WORD, join(dropped, "甲局/年报.docx"));
  for (const name of ["照片.jpg", "~$年报.docx", ".隐藏.txt"]) writeFileSync(join(dropped, name), "");
  const other = await openPage(browser);
  await drop(other, dropped);
  await other.waitForFunction(() => document.querySelectorAll("#files li").length === 3);
  await settled(other, "checked");
  assert.deepEqual(await lines(other), ["报送/年报.txt", "报送/甲局/年报.docx", "报送（文件夹）"]);
  await other.click("#files li:nth-child(3) button");
  assert.equal(await other.getAttribute("body", "data-state"), "failed");
  assert.equal(await other.textContent("#status"), "文件夹“报送”里有 1 个文件不是能读的格式，没有检查：报送/照片.jpg。");
  await other.close();
});

test("a folder without a report is told, and the next file works", { skip }, async () => {
  const empty = join(folder, "空的");
  mkdirSync(empty);
  await drop(page, empty);
  await settled(page, "failed");
  assert.match(await page.textContent("#status"), /“空的”里没有能读的文件/);
  await shows(() => drop(page, TEXT), TEXT.split("/").at(-1));
});

test("what is dropped while the checker starts is checked when it is ready", { skip }, async () => {
  const other = await browserPage(browser);
  await other.waitForFunction(() => "began" in document.body.dataset);
  assert.equal(await other.getAttribute("body", "data-state"), "starting");
  await shows(() => drop(other, TEXT), TEXT.split("/").at(-1), other);
  await other.close();
});

test("two files of one name are both checked", { skip }, async () => {
  const other = await openPage(browser);
  await other.evaluate(() => {
    const dataTransfer = new DataTransfer();
    for (const text of ["甲", "乙"]) dataTransfer.items.add(new File([text], "年报.txt"));
    document.body.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
  });
  await other.waitForFunction(() => document.querySelectorAll("#files li").length === 2);
  assert.deepEqual(await lines(other), ["年报.txt", "年报 (2).txt"]);
  await other.close();
});

test("text that is dropped does not lead away from the page", { skip }, async () => {
  const before = await lines();
  const prevented = await page.evaluate(() => {
    const dataTransfer = new DataTransfer();
    dataTransfer.setData("text/uri-list", "https://example.org/");
    return !document.body.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
  });
  assert.ok(prevented);
  assert.deepEqual(await lines(), before);
});

test("a file is pasted, with a picture of its icon too", { skip }, async () => {
  const bytes = [...readFileSync(TEXT)];
  const files = { "贴上的.txt": ["text/plain", bytes], "图标.png": ["image/png", [1]] };
  await shows(() => paste({ "text/plain": "贴上的.txt" }, files), "贴上的.txt");
});

test("the whole of a report is pasted as Word gives it, and read like its file", { skip }, async () => {
  const file = join(folder, "同一份.docx");
  const html = python(WORD_HTML, file);
  const plain = "松坪镇2024年政府信息公开工作年度报告";
  // Word puts a picture beside it.
  await shows(() => paste({ "text/html": html, "text/plain": plain }, { "image.png": ["image/png", [1, 2]] }), "粘贴的内容.html");
  assert.ok((await found()).length > 5);
  assert.deepEqual(await found(), await rules(file));
});

test("plain text is pasted, even while the button has the focus", { skip }, async () => {
  const text = python("import sys; print(open(sys.argv[1], encoding='utf-8').read())", TEXT);
  await shows(() => paste({ "text/plain": text }, {}, "#file"), "粘贴的内容.txt");
  assert.deepEqual(await found(), await rules(TEXT));
});

test("what is pasted by the keys of a person comes through the browser's clipboard", { skip }, async () => {
  const other = await page.context().newPage();
  await other.setContent("<table><tr><td>沅平县水利局2024年政府信息公开工作年度报告</td></tr></table><p>一、总体情况</p>");
  await other.keyboard.press("Control+a");
  await other.keyboard.press("Control+c");
  await other.close();
  await page.bringToFront();
  await page.evaluate(() => document.activeElement?.blur());
  await shows(() => page.keyboard.press("Control+v"), "粘贴的内容.html");
});

test("a field takes the text that is pasted into it", { skip }, async () => {
  const before = await page.title();
  for (const target of ["#choose-today", "#writing textarea"]) {
    if (target.startsWith("#writing")) {
      await page.waitForSelector("#new-report:enabled");
      await page.click("#new-report");
      await page.waitForFunction((old) => document.title !== old, before);
      await settled(page, "checked");
    }
    const count = (await lines()).length;
    await page.evaluate(() => document.querySelector("#about details")?.setAttribute("open", ""));
    await paste({ "text/plain": "文字", "text/html": "<table><tr><td>文字</table>" }, { "image.png": ["image/png", [1]] }, target);
    assert.equal((await lines()).length, count, target);
    assert.equal(await page.getAttribute("body", "data-state"), "checked");
  }
});

// A report with faults as Word writes it for the clipboard: paragraphs alone, its own elements and styles; and as its file.
const WORD_HTML = `
import re, sys
from samples import TOWNSHIP_2024, write
open(sys.argv[1], "wb").write(write(TOWNSHIP_2024, "docx"))
page = write(TOWNSHIP_2024, "html").decode()
body = re.search(r"<body[^>]*>(.*)</body>", page, re.DOTALL)[1]
body = re.sub(r"<(p|h[1-6])(?: [^>]*)?>", "<p class=MsoNormal style='mso-pagination:widow-orphan'><span lang=EN-US style='mso-hansi-font-family:仿宋'>", body)
body = re.sub(r"</(p|h[1-6])>", "<o:p></o:p></span></p>", body)
body = re.sub(r"<table[^>]*>", "<table class=MsoTableGrid border=1 style='mso-yfti-tbllook:1184'>", body)
body = re.sub(r"<t[dh]((?: (?:row|col)span=[^ >]*)*)[^>]*>", r"<td\\1 width=68 style='mso-border-alt:solid windowtext .5pt'>", body).replace("</th>", "</td>")
print("<html xmlns:o='urn:schemas-microsoft-com:office:office' xmlns:w='urn:schemas-microsoft-com:office:word'><head>"
      "<meta name=Generator content='Microsoft Word 15'><style><!-- p.MsoNormal {mso-style-unhide:no;} --></style>"
      "<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]--></head>"
      f"<body lang=ZH-CN><!--StartFragment-->{body}<!--EndFragment--></body></html>")
`;
