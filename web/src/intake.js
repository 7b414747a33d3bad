// Files that a person gives: chosen, dropped or pasted.

import { brought } from "./brought.js";
import { byId } from "./dom.js";
import { ReportFile } from "./report_file.js";

// Beyond this the checker refuses a file, however large it is.
const LARGEST = 64 * 1024 * 1024 + 1;
const UNREADABLE = "这是文件夹，或者文件已经移走、没有读取的权限，没有检查。请选择报告文件本身。";
// What takes the text that a person pastes or drops.
const FIELDS = "textarea, input:not([type=file], [type=checkbox])";

/** Call `taken` with the files, each time that a person gives some; of folders those with `suffixes`, a promise. */
export function takeFiles(taken, suffixes) {
  const input = byId("file");
  input.addEventListener("change", () => {
    const files = [...input.files];
    // So that the same file, saved anew, can be chosen again.
    input.value = "";
    take(files.map((file) => ({ name: file.name, file })));
  });
  addEventListener("dragover", (event) => {
    const withFiles = bringsFiles(event.dataTransfer);
    if (!withFiles && isField(event.target)) return;
    event.preventDefault();
    document.body.classList.toggle("dragging", withFiles);
  });
  addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) document.body.classList.remove("dragging");
  });
  addEventListener("drop", async (event) => {
    document.body.classList.remove("dragging");
    if (!bringsFiles(event.dataTransfer) && isField(event.target)) return;
    // Whatever it is, the browser shall not leave the page for it.
    event.preventDefault();
    take(await brought(event.dataTransfer, suffixes));
  });
  addEventListener("paste", async (event) => {
    const { target, clipboardData } = event;
    if (isField(target) && (clipboardData.getData("text/plain") || !bringsFiles(clipboardData))) return;
    const content = contentOf(clipboardData);
    if (content) taken([content]);
    else take(await brought(clipboardData, suffixes));
  });

  async function take(files) {
    if (files.length) taken(await Promise.all(named(files).map(({ name, file, lost }) => read(file, name, lost))));
  }
}

/** A chosen file as one of the page. */
export async function read(file, name = file.name, lost = "") {
  try {
    const data = lost ? [] : await file.slice(0, LARGEST).arrayBuffer();
    return new ReportFile(name, new Uint8Array(data), lost);
  } catch {
    return new ReportFile(name, new Uint8Array(), UNREADABLE);
  }
}

const bringsFiles = (transfer) => [...transfer.types].includes("Files");

const isField = (target) => Boolean(target.closest?.(FIELDS));

/**
 * Pasted text as a file, null where there is none, or where files were copied. Word and WPS put a picture of what was
 * copied beside its text.
 */
function contentOf(clipboard) {
  if ([...clipboard.files].some(({ type }) => !type.startsWith("image/"))) return null;
  const html = clipboard.getData("text/html");
  const text = clipboard.getData("text/plain");
  if (/<table/i.test(html) || (html && !text.trim())) return pasted("粘贴的内容.html", html);
  return text.trim() ? pasted("粘贴的内容.txt", text) : null;
}

function pasted(name, text) {
  return new ReportFile(name, new TextEncoder().encode(text));
}

/** Files that are given at once, each with a name of its own. */
function named(files) {
  const counts = new Map();
  return files.map((one) => {
    const count = (counts.get(one.name) ?? 0) + 1;
    counts.set(one.name, count);
    return count > 1 ? { ...one, name: one.name.replace(/(\.[^./]*)?$/, ` (${count})$1`) } : one;
  });
}
