// Comfort for the overview: without it everything is there and every link works.
"use strict";
(() => {
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const byId = (id) => document.getElementById(id);
  for (const element of all(".controls, .tools")) element.hidden = false;

  const list = byId("units");
  const states = all(".chip[data-show]").map((chip) => chip.dataset.show);
  const units = all(".unit").map((block, position) => ({
    block,
    position,
    details: block.querySelector("details"),
    name: block.querySelector("h2").textContent,
    text: block.textContent.toLowerCase(),
    rules: new Set(block.dataset.rules.split(" ")),
    data: block.dataset,
  }));

  // Which units are shown.
  const [search, level, rule, sort] = ["search", "level", "rule", "sort"].map(byId);
  let state = "all";
  const filter = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const { block, text, rules, data } of units) {
      const fits =
        (state === "all" || data.state === state) &&
        (!level.value || data.level === level.value) &&
        (!rule.value || rules.has(rule.value)) &&
        words.every((word) => text.includes(word));
      block.hidden = !fits;
      count += fits;
    }
    byId("matches").textContent = `显示 ${count} 家，共 ${units.length} 家`;
    byId("nobody").hidden = count > 0;
  };
  const choose = (chosen) => {
    state = chosen;
    for (const chip of all(".chip[data-show]")) chip.setAttribute("aria-pressed", String(chip.dataset.show === state));
    filter();
  };
  for (const chip of all(".chip[data-show]")) {
    chip.addEventListener("click", () => choose(chip.dataset.show === state ? "all" : chip.dataset.show));
  }
  search.addEventListener("input", filter);
  for (const select of [level, rule]) select.addEventListener("change", filter);

  // In which order; equals stay in the order of the list.
  const orders = {
    list: () => 0,
    state: (a, b) => states.indexOf(a.data.state) - states.indexOf(b.data.state),
    errors: (a, b) => b.data.errors - a.data.errors,
    late: (a, b) => b.data.late - a.data.late,
    name: (a, b) => a.name.localeCompare(b.name, "zh-CN"),
  };
  sort.addEventListener("change", () => {
    units.sort((a, b) => orders[sort.value](a, b) || a.position - b.position);
    list.append(...units.map(({ block }) => block));
  });

  const fold = (open) => {
    for (const { block, details } of units) if (!block.hidden) details.open = open;
  };
  for (const button of all("button[data-fold]")) button.addEventListener("click", () => fold(button.dataset.fold === "open"));

  // A link to a unit shows it, also where it is folded or filtered away.
  const reveal = () => {
    const target = byId(decodeURIComponent(location.hash.slice(1)));
    if (!target?.matches(".unit")) return;
    if (target.hidden) {
      search.value = level.value = rule.value = "";
      choose("all");
    }
    target.querySelector("details").open = true;
    target.scrollIntoView();
  };
  addEventListener("hashchange", reveal);

  // Paper shows what is shown, folded as it is: the list, or whatever has been opened; or one unit.
  addEventListener("afterprint", () => {
    document.body.classList.remove("alone");
    for (const block of all(".chosen")) block.classList.remove("chosen");
  });
  list.addEventListener("click", (event) => {
    const button = event.target.closest("button.print");
    if (!button) return;
    const unit = button.closest(".unit");
    unit.classList.add("chosen");
    unit.querySelector("details").open = true;
    document.body.classList.add("alone");
    print();
  });

  filter();
  if (location.hash) reveal();
})();
