// Undo, downloads, last year's report, and the list of corrections.

import { button, byId, element, save } from "./dom.js";
import { read } from "./intake.js";

const FOR_DOCX = [];
const FOR_ALL = [
  ["html", "检查结果（网页）"],
  ["csv", "问题清单（表格）"],
  ["json", "检查结果（JSON）"],
];

export class Tools {
  #root;
  #page;

  constructor(root, page) {
    this.#root = root;
    this.#page = page;
  }

  draw(file) {
    this.#root.replaceChildren();
    if (!file.view) return;
    this.#root.append(
      this.#undo(file),
      this.#previous(file),
      element("span", { class: "downloads" }, ...FOR_DOCX.map(([what, words]) => this.#download(what, words, file))),
      element("details", {}, element("summary", {}, "其他下载"),
        element("p", {}, ...FOR_ALL.map(([what, words]) => this.#download(what, words, file)))),
    );
  }

  startWriting() {}

  #undo(file) {
    const words = file.changes.length ? `撤销（${file.changes.length}）` : "撤销";
    return button(words, () => this.#page.undo(), { id: "undo", disabled: !file.changes.length });
  }

  #previous(file) {
    const field = element("input", { type: "file", id: "previous" });
    field.addEventListener("change", async () => {
      const [chosen] = field.files;
      if (!chosen) return;
      const before = file.previous;
      file.previous = await read(chosen);
      this.#page.again(file, () => {
        file.previous = before;
      });
    });
    const words = file.previous ? `上年：${file.previous.name}` : "添上年的报告…";
    return element("span", {}, element("label", { class: "choose small", for: "previous" }, words), field);
  }

  #download(what, words, file) {
    return button(words, async () => {
      const { answer, files } = await this.#page.ask({ do: "write", what });
      if (answer.problem) this.#page.say(answer.problem);
      else save(answer.name, files[0]);
    }, { id: `download-${what}`, disabled: what !== "annotated" && FOR_DOCX.some(([name]) => name === what) && !file.isDocx });
  }
}
