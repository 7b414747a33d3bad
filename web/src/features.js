// What the page needs of a browser.

const NEEDED = [
  ["Worker", () => typeof Worker === "function"],
  ["DecompressionStream", () => typeof DecompressionStream === "function"],
  ["WebAssembly", () => typeof WebAssembly === "object" && typeof WebAssembly.compile === "function"],
  ["BigInt64Array", () => typeof BigInt64Array === "function"],
  ["replaceChildren", () => typeof Element.prototype.replaceChildren === "function"],
];

/** What to tell a person whose browser lacks something; empty if it has everything. */
export function missingFeature() {
  const missing = NEEDED.filter(([, there]) => !there()).map(([name]) => name);
  if (!missing.length) return "";
  return `这个浏览器缺少所需的功能（${missing.join("、")}）。请换用新版的 360、奇安信、Chrome、Edge 浏览器打开本页。`;
}
