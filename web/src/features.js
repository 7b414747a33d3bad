// What the page needs of a browser.

const isFunction = (thing) => typeof thing === "function";
const NEEDED = [
  ["replaceChildren", () => isFunction(Element.prototype.replaceChildren)],
  ["replaceAll", () => isFunction(String.prototype.replaceAll)],
];
const NEEDED_BY_PYTHON = [
  ["Worker", () => isFunction(globalThis.Worker)],
  ["DecompressionStream", () => isFunction(globalThis.DecompressionStream)],
  ["WebAssembly", () => typeof WebAssembly === "object" && isFunction(WebAssembly.compile)],
  ["BigInt64Array", () => isFunction(globalThis.BigInt64Array)],
];

/** What to tell a person whose browser lacks something; empty if it has everything. */
export function missingFeature(withPython) {
  const needed = withPython ? [...NEEDED, ...NEEDED_BY_PYTHON] : NEEDED;
  const missing = needed.filter(([, there]) => !there()).map(([name]) => name);
  if (!missing.length) return "";
  return `这个浏览器缺少所需的功能（${missing.join("、")}）。请换用新版的 360、奇安信、Chrome、Edge 浏览器打开本页。`;
}
