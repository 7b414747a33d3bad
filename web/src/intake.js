// Files that a person gives: chosen, dropped or pasted.

import { byId } from "./dom.js";
import { ReportFile } from "./report_file.js";

// Beyond this the checker refuses a file, however large it is.
const LARGEST = 64 * 1024 * 1024 + 1;

/** Call `taken` with the files, each time that a person gives some. */
export function takeFiles(taken) {
  const input = byId("file");
  input.addEventListener("change", async () => {
    const files = [...input.files];
    // So that the same file, saved anew, can be chosen again.
    input.value = "";
    await take(files);
  });
  addEventListener("dragover", (event) => {
    event.preventDefault();
    document.body.classList.add("dragging");
  });
  addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) document.body.classList.remove("dragging");
  });
  addEventListener("drop", (event) => {
    event.preventDefault();
    document.body.classList.remove("dragging");
    take([...event.dataTransfer.files]);
  });
  addEventListener("paste", (event) => {
    if (event.target.closest?.("input, textarea, select")) return;
    const files = [...event.clipboardData.files];
    if (files.length) return take(files);
    const html = event.clipboardData.getData("text/html");
    const text = event.clipboardData.getData("text/plain");
    if (html.includes("<table")) taken([pasted("粘贴的内容.html", html)]);
    else if (text.trim()) taken([pasted("粘贴的内容.txt", text)]);
  });

  async function take(files) {
    if (files.length) taken(await Promise.all(files.map(read)));
  }
}

/** A chosen file as one of the page. */
export async function read(file) {
  try {
    return new ReportFile(file.name, new Uint8Array(await file.slice(0, LARGEST).arrayBuffer()));
  } catch {
    const given = new ReportFile(file.name, new Uint8Array());
    given.lost = "这是文件夹，或者文件已经移走、没有读取的权限，没有检查。请选择报告文件本身。";
    return given;
  }
}

function pasted(name, text) {
  return new ReportFile(name, new TextEncoder().encode(text));
}
