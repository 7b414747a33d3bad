// The findings beside the report, what was not judged, and totals that follow from a change.

import { button, byId, copyText, element, safeNodes } from "./dom.js";
import { partOf, placeOf, textOf } from "./document_view.js";

const SEVERITIES = [["error", "错误"], ["warning", "警告"], ["info", "提示"]];

export class FindingsView {
  #actions;
  #list = byId("findings");
  #hidden = new Set();

  constructor(actions) {
    this.#actions = actions;
    this.#list.addEventListener("click", (event) => this.#click(event));
    const drawer = byId("drawer");
    byId("side").addEventListener("keydown", ({ key }) => {
      if (key !== "Escape") return;
      this.#open(false);
      drawer.focus();
    });
    drawer.addEventListener("click", () => this.#open(drawer.getAttribute("aria-expanded") !== "true"));
  }

  draw({ view, report }) {
    const items = view ? safeNodes(view.findings) : [];
    for (const item of items) {
      const finding = report.findings[Number(item.dataset.index)];
      item.append(...this.#proposals(finding?.suggestion, partOf(report)));
      const copy = item.querySelector("button.copy");
      if (copy) copy.hidden = false;
    }
    this.#list.replaceChildren(...items);
    byId("drawer").textContent = `问题 ${items.length}`;
    this.#drawFilter(items);
    this.#drawTotals(view?.totals ?? []);
    drawOmissions(view?.omissions ?? []);
  }

  /** Paper has what was not judged as well; returns what folds it again. */
  unfold() {
    const folded = [...byId("omissions").querySelectorAll("details:not([open])")];
    for (const one of folded) one.open = true;
    return () => folded.forEach((one) => (one.open = false));
  }

  /** Bring a finding before a person's eyes. */
  show(id) {
    const item = document.getElementById(id);
    if (!item) return;
    this.#open(true);
    if (item.hidden) {
      this.#hidden.delete(item.dataset.severity);
      this.#drawFilter([...this.#list.children]);
    }
    item.scrollIntoView({ block: "nearest" });
    item.focus({ preventScroll: true });
  }

  /** Put the drawer of a phone away. */
  close() {
    this.#open(false);
  }

  /** Point at findings without taking a person away from what is being done. */
  mark(numbers) {
    for (const item of this.#list.children) item.classList.toggle("active", numbers.includes(item.id.slice(1)));
    const first = this.#list.querySelector(".active");
    first?.scrollIntoView({ block: "nearest" });
  }

  #open(open) {
    byId("drawer").setAttribute("aria-expanded", open);
    document.body.classList.toggle("drawer-open", open);
  }

  #click(event) {
    const link = event.target.closest("a.place");
    if (link) {
      event.preventDefault();
      this.#open(false);
      this.#actions.place(link.getAttribute("href").slice(1));
    }
    const copy = event.target.closest("button.copy");
    if (copy) {
      copyText(copy.dataset.copy);
      copy.textContent = "已复制";
    }
  }

  /** Buttons for what is certain: the values of cells, or the words of a paragraph. */
  #proposals(suggestion, path) {
    const buttons = [...this.#values(suggestion, path), ...this.#words(suggestion)];
    return buttons.length ? [element("p", { class: "proposals" }, ...buttons)] : [];
  }

  /** A button for each value; for several also one for all. */
  #values(suggestion, path) {
    if (!suggestion?.unique) return [];
    const changes = suggestion.cells
      .map((change) => [change, cellOf(change)])
      .filter(([change, cell]) => cell && String(change.proposed) !== textOf(cell));
    const edits = changes.map(([{ proposed }, cell]) => ({ ...placeOf(cell, path), value: String(proposed) }));
    const buttons = changes.map(([{ proposed }, cell], index) =>
      button(`改为 ${proposed}`, () => this.#actions.change([edits[index]]), { class: "apply", title: cell.title }),
    );
    if (edits.length > 1) buttons.push(button(`${edits.length} 处全改`, () => this.#actions.change(edits)));
    return buttons;
  }

  /** One button: words of one finding are right only when all of them are changed. */
  #words(suggestion) {
    const texts = suggestion?.texts ?? [];
    if (!texts.length) return [];
    const edits = texts.map(({ location: { path, paragraph, start, end }, proposed }) => (
      { path, paragraph, start, end, value: proposed }));
    const [{ current, proposed }] = texts;
    const one = proposed ? `改为 ${proposed}` : `删去 ${current}`;
    const title = texts.map((text) => (text.proposed ? `“${text.current}”改为“${text.proposed}”` : `删去“${text.current}”`));
    const words = texts.length > 1 ? `${texts.length} 处全改` : one;
    return [button(words, () => this.#actions.change(edits), { class: "apply", title: title.join("；") })];
  }

  #drawFilter(items) {
    byId("filter").replaceChildren(
      ...SEVERITIES.map(([severity, words]) => {
        const count = items.filter((item) => item.dataset.severity === severity).length;
        const box = element("input", { type: "checkbox", checked: !this.#hidden.has(severity) });
        box.addEventListener("change", () => {
          this.#hidden[box.checked ? "delete" : "add"](severity);
          this.#filter();
        });
        return element("label", { class: severity }, box, `${words} ${count}`);
      }),
    );
    this.#filter();
  }

  #filter() {
    for (const item of this.#list.children) item.hidden = this.#hidden.has(item.dataset.severity);
  }

  #drawTotals(totals) {
    const box = byId("totals");
    box.hidden = !totals.length;
    box.replaceChildren();
    if (!totals.length) return;
    const edits = totals.map(({ path, table, row, column, value }) => ({ path, table, row, column, value }));
    const lines = totals.map(({ place, current, value }) =>
      element("li", {}, `${place}：${current || "空白"} → ${value}`),
    );
    box.append(
      element("p", {}, "这次修改牵动以下合计，还没有改："),
      element("ul", {}, ...lines),
      button(`一并改这 ${totals.length} 个合计`, () => this.#actions.change(edits), { id: "apply-totals" }),
    );
  }
}

function cellOf({ table, row, column }) {
  return byId("document").querySelector(`td[data-cell="${CSS.escape(table)}[${row}, ${column}]"]`);
}

function drawOmissions(omissions) {
  const box = byId("omissions");
  box.replaceChildren();
  const count = omissions.reduce((sum, { rules }) => sum + rules.length, 0);
  if (!count) return;
  const lines = omissions.map(({ reason, rules }) =>
    element("li", {}, `${reason.replace(/。$/, "")}：${rules.join("、")}`),
  );
  box.append(
    element("details", {}, element("summary", {}, `未能判断的 ${count} 条规则`),
      element("p", {}, "既不算合格，也不算问题。"), element("ul", {}, ...lines)),
  );
}
