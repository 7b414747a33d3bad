// How the open report differs from another version of it.

import { button, element } from "./dom.js";

const STATES = [["mended", "已经没有的问题"], ["new", "新出现的问题"], ["changed", "有变化的问题"]];

/** Draw what `compare` has answered; `undefined` clears it. */
export function drawComparison(root, name, answer) {
  root.replaceChildren();
  if (!answer) return;
  const parts = STATES.map(([state, words]) => {
    const found = answer.findings.filter((finding) => finding.state === state);
    return found.length && group(`${words} ${found.length} 处`, found.map(({ rule, message }) => `${rule} ${message}`));
  });
  const { figures } = answer;
  parts.push(figures.length && group(`不同的数 ${figures.length} 格`,
    figures.map(({ place, before, after }) => `${place}：${before} → ${after}`)));
  const shown = parts.filter(Boolean);
  root.append(
    element("h2", {}, `与“${name}”相比`),
    ...(shown.length ? shown : [element("p", {}, "问题和表里的数都一样。")]),
    button("收起比较", () => root.replaceChildren()),
  );
  root.scrollIntoView({ block: "nearest" });
}

const group = (title, lines) =>
  element("details", { open: true }, element("summary", {}, title),
    element("ul", {}, ...lines.map((line) => element("li", {}, line))));
