// A new report: what the author is asked for beside the tables, which are filled in where they stand.

import { element } from "./dom.js";

const PAUSE = 700;
const NUMERALS = "零一二三四五六七八九十";

/** What the form has a report of that body and year begin with. */
export function openingOf({ draft }, { agency, year }) {
  return draft.opening.replaceAll("{agency}", agency || "本机关").replaceAll("{year}", year);
}

export class WritingView {
  #root;
  #page;
  #shown = null;
  #timer = 0;

  constructor(root, page) {
    this.#root = root;
    this.#page = page;
  }

  draw(file) {
    this.#root.hidden = !file.draft;
    // While somebody is writing, the fields stay as they are.
    if (file === this.#shown || !file.draft) return;
    this.#shown = file;
    const { sections, form } = this.#page.about.draft;
    const texts = [
      this.#text(file, 0, "开头"),
      ...sections.map(({ number, title, table }) => this.#text(file, number, `第${NUMERALS[number] ?? number}部分 ${title}`, table)),
    ];
    this.#root.replaceChildren(
      element("details", { open: true }, element("summary", {}, `新写的报告：${form}`),
        element("p", {}, "填好单位和各部分的文字，表里的数点着填；一边写一边检查。添上年的报告，上年结转的数就照它填。"),
        element("div", { class: "fields" }, this.#field(file, "agency", "单位全称", "text"), this.#field(file, "year", "年度", "number")),
        ...texts),
    );
  }

  #field(file, name, words, type) {
    const field = element("input", { id: `draft-${name}`, type, value: file.draft[name] });
    field.addEventListener("input", () => this.#changed(file, () => {
      const opening = document.getElementById("draft-text-0");
      const untouched = opening.value === openingOf(this.#page.about, file.draft);
      file.draft[name] = field.value;
      if (untouched) opening.value = file.draft.texts[0] = openingOf(this.#page.about, file.draft);
    }));
    return element("label", {}, words, field);
  }

  #text(file, number, words, table = false) {
    const field = element("textarea", { id: `draft-text-${number}`, rows: !number ? 4 : table ? 2 : 8 });
    field.value = file.draft.texts[number] ?? "";
    field.addEventListener("input", () => this.#changed(file, () => {
      file.draft.texts[number] = field.value;
    }));
    return element("label", { class: "text" }, table ? `${words}（表前的话，可以不写）` : words, field);
  }

  #changed(file, change) {
    change();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#page.renew(file), PAUSE);
  }
}
