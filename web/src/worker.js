// Inside the worker: Python, the checker, and the requests that come from the page.

import { loadPyodide } from "pyodide";
import createPyodideModule from "pyodide/pyodide.asm.mjs";
import { info } from "pyodide/pyodide-lock.json";

const HOME = "/checker";
// Files that Python asks for while it starts; nothing is ever fetched from anywhere else.
// The compiled one stands for the module itself, which Pyodide would read before it is asked for what else there is.
const NAMES = new Map([["pyodide.asm.wasm", new Uint8Array()]]);

self.fetch = async (address) => {
  const found = NAMES.get(String(address.url ?? address).split("/").pop());
  if (!found) throw new TypeError("not embedded");
  return new Response(found);
};

let ask;
let python;

async function start({ module, zips }) {
  // Pyodide takes what is compiled already for what it would compile itself.
  WebAssembly.instantiateStreaming = async (_, imports) => ({
    module,
    instance: await WebAssembly.instantiate(module, imports),
  });
  NAMES.set("python_stdlib.zip", zips["python_stdlib.zip"]);
  python = await loadPyodide({
    indexURL: "file:///embedded/",
    lockFileContents: { info, packages: {} },
    createPyodideModule,
  });
  python.unpackArchive(zips["checker.zip"], "zip", { extractDir: HOME });
  python.runPython(`import sys; sys.path.insert(0, "${HOME}")`);
  ask = python.pyimport("checker.browser.in_worker").ask;
  postMessage({ ready: true });
  // Reading PDF is got ready while nobody waits.
  python.unpackArchive(zips["pdfium.zip"], "zip", { extractDir: HOME });
}

function answer(id, request, files, texts, trees) {
  try {
    const result = ask(request, files, texts, trees);
    const [text, out, wanted] = result.toJs({ create_pyproxies: false });
    result.destroy();
    if (wanted.length) {
      pending.set(id, { request, files, wanted });
      postMessage({ id, wanted });
    } else postMessage({ id, answer: text, files: out });
  } catch (error) {
    postMessage({ id, broken: String(error.message ?? error) });
  }
}

// Requests that wait for pages which the browser parses.
const pending = new Map();

self.onmessage = async ({ data }) => {
  if (data.start) {
    start(data.start).catch((error) => postMessage({ failed: String(error.stack ?? error) }));
  } else if (data.trees) {
    const { request, files, wanted } = pending.get(data.id);
    pending.delete(data.id);
    answer(data.id, request, files, wanted, data.trees);
  } else answer(data.id, data.request, data.files, [], []);
};
