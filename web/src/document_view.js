// The report as it was read; its figures can be changed where they stand.

import { element, safeNodes } from "./dom.js";

const FIGURE = "td[data-cell]";
const PLACE = /^t(\d+)r(\d+)c(\d+)$/;

/** Where a cell stands, as an edit names it. */
export function placeOf(cell, path) {
  const [, table, row, column] = PLACE.exec(cell.id).map(Number);
  return { path, table, row, column };
}

/** Which element an edit is about. */
const elementOf = ({ table, row, column, paragraph }) =>
  paragraph === undefined ? `t${table}r${row}c${column}` : `p${paragraph}`;

/** The text of a cell without the links to its findings. */
export const textOf = (cell) =>
  [...cell.childNodes].filter((node) => !node.matches?.("a.ref")).map((node) => node.textContent).join("").trim();

export class DocumentView {
  #root;
  #actions;
  #path = null;
  #next = null;
  // The cell that is being written into: its id, its field, and what forgets it.
  #writing = null;

  constructor(root, actions) {
    this.#root = root;
    this.#actions = actions;
    root.addEventListener("click", (event) => this.#click(event));
    root.addEventListener("focusin", ({ target }) => {
      const place = target.closest("[data-findings]");
      if (place) actions.mark(place.dataset.findings.split(" "));
    });
    root.addEventListener("keydown", (event) => this.#key(event));
  }

  draw(file) {
    const { view, report } = file;
    this.#path = partOf(report);
    const top = this.#root.scrollTop;
    // Somebody may be writing into a cell while an earlier change is checked: the field is opened again.
    const writing = this.#writing;
    writing?.forget();
    this.#root.replaceChildren(...(view ? safeNodes(view.document) : []));
    this.#root.scrollTop = top;
    const changed = new Set(file.edits.filter((edit) => edit.path === this.#path).map(elementOf));
    for (const block of this.#root.querySelectorAll("p, h4")) block.classList.toggle("changed", changed.has(block.id));
    for (const table of this.#root.querySelectorAll("table")) {
      [...table.querySelectorAll(FIGURE)].forEach((cell, index) => {
        cell.tabIndex = index ? -1 : 0;
        if (changed.has(cell.id)) {
          cell.classList.add("changed");
          cell.title += "（已修改）";
        }
      });
    }
    const cell = writing && document.getElementById(writing.id);
    if (cell?.matches(FIGURE)) this.#edit(cell, writing.field.value);
    else if (this.#next) this.#focus(document.getElementById(this.#next));
    this.#next = null;
  }

  /** Bring a place before a person's eyes. */
  show(id) {
    const place = document.getElementById(id);
    if (!place || !this.#root.contains(place)) return;
    for (const other of this.#root.querySelectorAll(".now")) other.classList.remove("now");
    place.classList.add("now");
    place.scrollIntoView({ block: "center", inline: "center" });
    this.#focus(place);
  }

  #click(event) {
    const link = event.target.closest("a.ref");
    if (link) {
      event.preventDefault();
      this.#actions.finding(link.getAttribute("href").slice(1));
      return;
    }
    const cell = event.target.closest(FIGURE);
    if (cell && !cell.querySelector("input")) this.#edit(cell);
  }

  #key(event) {
    const cell = event.target;
    if (!cell.matches?.(FIGURE) || event.ctrlKey || event.altKey || event.metaKey) return;
    const cells = [...cell.closest("table").querySelectorAll(FIGURE)];
    const moved = neighbour(cells, cell, event.key);
    if (moved) this.#focus(moved);
    else if (event.key === "Enter" || event.key === "F2") this.#edit(cell);
    else if (/^[\d/.\-—无]$/.test(event.key)) this.#edit(cell, event.key);
    else return;
    event.preventDefault();
  }

  #focus(place) {
    if (!place) return;
    if (place.matches(FIGURE)) {
      for (const cell of place.closest("table").querySelectorAll(FIGURE)) cell.tabIndex = -1;
      place.tabIndex = 0;
    } else if (!place.hasAttribute("tabindex")) place.tabIndex = -1;
    place.focus({ preventScroll: false });
  }

  /** Let a person write into a cell: Tab, Enter or a click elsewhere takes it over, Esc leaves it as it was. */
  #edit(cell, typed) {
    const before = textOf(cell);
    const kept = [...cell.childNodes];
    const field = element("input", {
      value: typed ?? before,
      inputmode: "decimal",
      maxlength: "40",
      "aria-label": `${cell.title || cell.dataset.cell}，现为 ${before || "空白"}`,
    });
    let open = true;
    const forget = () => {
      open = false;
      this.#writing = null;
    };
    const end = (take, next) => {
      if (!open) return;
      forget();
      const value = field.value.trim();
      cell.replaceChildren(...kept);
      cell.classList.remove("editing");
      const target = next ?? cell;
      if (take && value !== before) {
        // Until the checker has answered, the cell says what was written.
        cell.replaceChildren(value);
        if (take !== "blur") this.#next = target.id;
        this.#actions.change([{ ...placeOf(cell, this.#path), value }]);
      } else if (take !== "blur") this.#focus(target);
    };
    field.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.isComposing) return;
      if (event.key === "Escape") end(false);
      else if (event.key === "Enter") end(true);
      else if (event.key === "Tab") {
        const cells = [...this.#root.querySelectorAll(FIGURE)];
        end(true, cells[cells.indexOf(cell) + (event.shiftKey ? -1 : 1)]);
      } else return;
      event.preventDefault();
    });
    field.addEventListener("blur", () => end("blur"));
    cell.classList.add("editing");
    cell.replaceChildren(field);
    this.#writing = { id: cell.id, field, forget };
    field.focus();
    if (typed === undefined) field.select();
  }
}

/** The part of the file that a report comes from, as places name it; null for the file itself. */
export function partOf(report) {
  const inside = report?.path.indexOf("!") ?? -1;
  return inside < 0 ? null : report.path.slice(inside + 1).replace(/#\d+$/, "");
}

function neighbour(cells, cell, key) {
  const index = cells.indexOf(cell);
  if (key === "ArrowLeft") return cells[index - 1];
  if (key === "ArrowRight") return cells[index + 1];
  if (key !== "ArrowUp" && key !== "ArrowDown") return undefined;
  const here = placeOf(cell);
  const below = key === "ArrowDown";
  const column = cells.filter((other) => {
    const place = placeOf(other);
    return place.column === here.column && (below ? place.row > here.row : place.row < here.row);
  });
  return below ? column[0] : column.at(-1);
}
