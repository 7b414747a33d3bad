// Comfort for the HTML result: without it everything is there and every link works.
"use strict";
(() => {
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const one = (selector, within = document) => within.querySelector(selector);
  const shown = (element) => element.getClientRects().length > 0;

  document.body.classList.add("scripted");
  for (const element of all(".controls, .copy")) element.hidden = false;

  // From a finding to its place: the place and the cells that take part are marked while the finding is looked at.
  const home = (finding, id) => {
    const prefix = finding.id.slice(0, finding.id.lastIndexOf("f"));
    return document.getElementById(prefix + id);
  };
  let current = null;
  const choose = (finding) => {
    if (finding === current) return;
    for (const element of all(".active, .takes-part")) element.classList.remove("active", "takes-part");
    current = finding;
    if (!finding) return;
    finding.classList.add("active");
    const { place, related } = finding.dataset;
    if (place) home(finding, place)?.classList.add("active");
    for (const id of related ? related.split(" ") : []) home(finding, id)?.classList.add("takes-part");
  };
  const findingOf = (element) => {
    const finding = element.closest("li.finding");
    if (finding) return finding;
    const reference = element.closest("a.ref") ?? element.closest("[data-findings]")?.querySelector("a.ref");
    return reference ? document.getElementById(reference.hash.slice(1)) : null;
  };
  document.addEventListener("focusin", (event) => choose(findingOf(event.target) ?? current));
  document.addEventListener("click", (event) => {
    const finding = findingOf(event.target);
    if (finding) choose(finding);
  });

  // A link into what is folded or filtered away shows it first.
  const reveal = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    for (let part = target; part; part = part.parentElement) {
      if (part.tagName === "DETAILS") part.open = true;
      if (part.matches(".report[hidden]")) clearSearch();
    }
    const folded = one(":scope > details", target);
    if (folded) folded.open = true;
    const { severity } = target.dataset;
    if (severity) one(`input[data-grade="${severity}"]`).checked = true;
    filterGrades();
    target.scrollIntoView({ block: target.matches("li, section") ? "start" : "center" });
    const finding = findingOf(target);
    if (finding) choose(finding);
  };

  // Which severities are shown.
  const grades = all("input[data-grade]");
  const filterGrades = () => {
    document.body.dataset.hide = grades.filter((box) => !box.checked).map((box) => box.dataset.grade).join(" ");
  };
  for (const box of grades) box.addEventListener("change", filterGrades);

  // One finding after the other, in the order of the page.
  const step = (by) => {
    const findings = all("li.finding").filter((item) => !grades.some((box) => !box.checked && box.dataset.grade === item.dataset.severity) && !item.closest(".report[hidden]"));
    if (!findings.length) return;
    const at = findings.indexOf(current);
    const next = findings[at < 0 ? (by > 0 ? 0 : findings.length - 1) : (at + by + findings.length) % findings.length];
    history.replaceState(null, "", `#${next.id}`);
    reveal();
    const place = next.dataset.place && home(next, next.dataset.place);
    if (place && one(".beside") && getComputedStyle(one(".beside")).display === "grid") place.scrollIntoView({ block: "center" });
    next.focus({ preventScroll: true });
  };
  for (const button of all("button[data-step]")) button.addEventListener("click", () => step(Number(button.dataset.step)));

  // Copying, also where a browser has no clipboard for pages of files.
  const copy = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const area = document.createElement("textarea");
      area.value = text;
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
  };
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("button.copy");
    if (!button) return;
    await copy(button.dataset.copy);
    button.textContent = "已复制";
    setTimeout(() => { button.textContent = "复制"; }, 2000);
  });

  // Many reports: search, filter by verdict, fold.
  const search = one("#search");
  const verdicts = one("#verdicts");
  const rows = all(".overview tbody tr").map((row) => {
    const report = document.getElementById(one("a", row).hash.slice(1));
    const rules = all("li[data-rule]", report).map((item) => item.dataset.rule);
    return { row, report, text: `${row.textContent} ${rules.join(" ")}`.toLowerCase() };
  });
  const searchReports = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const { row, report, text } of rows) {
      const fits = words.every((word) => text.includes(word)) && (!verdicts.value || verdicts.value === row.dataset.verdict);
      row.hidden = report.hidden = !fits;
      count += fits;
    }
    one("#matches").textContent = `显示 ${count} 份，共 ${rows.length} 份`;
  };
  const clearSearch = () => {
    search.value = verdicts.value = "";
    searchReports();
  };
  if (search) {
    search.addEventListener("input", searchReports);
    verdicts.addEventListener("change", searchReports);
    searchReports();
  }
  const fold = (open) => { for (const details of all("details")) if (shown(details)) details.open = open; };
  for (const button of all("button[data-fold]")) button.addEventListener("click", () => fold(button.dataset.fold === "open"));

  // Paper shows everything.
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = all("details:not([open])");
    for (const details of folded) details.open = true;
  });
  addEventListener("afterprint", () => { for (const details of folded) details.open = false; });

  addEventListener("hashchange", reveal);
  if (location.hash) reveal();
})();
