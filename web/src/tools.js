// Undo, downloads, last year's report, and the list of corrections.

import { drawComparison } from "./comparison_view.js";
import { button, byId, copyText, element, save } from "./dom.js";
import { read } from "./intake.js";

const CHANGED = [
  ["corrected", "下载修订版", "改过的数写成修订，在 Word 里逐个接受或拒绝；没有改过时，写推得出的数"],
  ["clean", "下载改好的", "Word 文档，改过的数直接写在里面"],
];
const KEEPS_CHANGES = new Set(["corrected", "clean", "corrections_html", "corrections_csv"]);
const CORRECTIONS = [
  ["corrections_html", "更正清单（网页）"],
  ["corrections_csv", "更正清单（表格）"],
];
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
      this.#other(),
      this.#download("annotated", "下载批注版", "原来的文件，每个问题写在出错的地方"),
      ...(file.answer.changeable ? CHANGED.map((one) => this.#download(...one)) : []).slice(file.draft ? 1 : 0),
      this.#corrections(file.answer.corrections),
      element("details", {}, element("summary", {}, "其他下载"),
        element("p", {}, ...FOR_ALL.map((one) => this.#download(...one)))),
    );
  }

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
      this.#page.renew(file, () => {
        file.previous = before;
      });
    });
    const words = file.previous ? `上年：${file.previous.name}` : "添上年的报告…";
    return element("span", {}, element("label", { class: "choose small", for: "previous" }, words), field);
  }

  /** Another version of the report, to compare with. */
  #other() {
    const field = element("input", { type: "file", id: "other" });
    field.addEventListener("change", async () => {
      const [chosen] = field.files;
      if (!chosen) return;
      const { name, data } = await read(chosen);
      field.value = "";
      const { answer } = await this.#page.ask({ do: "compare", other: name }, [data]);
      if (answer.problem) this.#page.say(answer.problem);
      else drawComparison(byId("comparison"), name, answer);
    });
    return element("span", {}, element("label", { class: "choose small", for: "other" }, "与另一版比较…"), field);
  }

  /** What was changed, to be taken along; for a file that cannot be changed itself this is all there is. */
  #corrections(rows) {
    const box = element("span", { class: "corrections" });
    if (!rows.length) return box;
    const text = rows.map(([place, before, after]) => `${place}：${before} → ${after}`).join("\n");
    box.append(
      ...CORRECTIONS.map((one) => this.#download(...one)),
      button("复制更正清单", () => {
        copyText(text);
        this.#page.say(`已复制 ${rows.length} 处更正。`);
      }, { id: "copy-corrections" }),
    );
    return box;
  }

  #download(what, words, title) {
    return button(words, async () => {
      const { answer, files } = await this.#page.ask({ do: "write", what });
      if (answer.problem) this.#page.say(answer.problem);
      else {
        save(answer.name, files[0]);
        if (KEEPS_CHANGES.has(what)) this.#page.file.unsaved = false;
      }
    }, { id: `download-${what.replace("_", "-")}`, title });
  }
}
