// What the report was taken for, with a way to correct it.

import { element } from "./dom.js";

export class IdentityView {
  #root;
  #page;

  constructor(root, page) {
    this.#root = root;
    this.#page = page;
  }

  draw({ view, report, options }) {
    this.#root.replaceChildren();
    if (!view) return;
    const { levels = [], tiers = [], profiles = [] } = this.#page.about ?? {};
    this.#root.append(
      element("p", { class: "recognised" }, view.recognised ? `识别为：${view.recognised}` : report.problem?.text ?? ""),
      element("details", {}, element("summary", {}, "更正类别、级别、日期、规则集"), element("div", { class: "fields" },
        this.#choice("机关类别", "level", [["", automatic(levels, report.identity?.level, options.level)], ...levels], options.level),
        this.#choice("行政级别", "tier", [["", automatic(tiers, report.identity?.tier, options.tier)], ...tiers], options.tier),
        this.#day(),
        this.#choice("规则集", "profile", profiles, this.#page.profile),
      )),
    );
    this.#root.querySelector("details").open = this.#open;
    this.#root.querySelector("details").addEventListener("toggle", ({ target }) => {
      this.#open = target.open;
    });
  }

  #open = false;

  #choice(words, name, choices, chosen) {
    const field = element("select", { id: `choose-${name}` },
      ...choices.map(([key, title]) => element("option", { value: key, selected: key === (chosen ?? "") }, title)));
    field.addEventListener("change", () => {
      if (name === "profile") this.#page.profile = field.value;
      else this.#page.file.options[name] = field.value || undefined;
      this.#page.again();
    });
    return element("label", {}, words, field);
  }

  #day() {
    const field = element("input", { type: "date", id: "choose-today", value: this.#page.today });
    field.addEventListener("change", () => {
      this.#page.today = field.value;
      this.#page.again();
    });
    return element("label", {}, "今天（判断期限用）", field);
  }
}

function automatic(choices, recognised, corrected) {
  const title = corrected ? "" : choices.find(([key]) => key === recognised)?.[1];
  return title ? `自动（${title}）` : "自动";
}
