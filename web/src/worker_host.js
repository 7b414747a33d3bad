// The checker inside the browser: Python in a worker, which can be stopped and started anew.
//
// A host has `start(progress)`, `ask(request, files, seconds)` and `stop()`; `server_host.js` is the other one.

import { part } from "./embedded.js";
import { treeOf } from "./html_tree.js";

const PARTS = ["python_stdlib.zip", "checker.zip", "pdfium.zip"];

export class StoppedError extends Error {}

export class WorkerHost {
  #parts = null;
  #worker = null;
  #ready = null;
  #waiting = new Map();
  #last = 0;

  /** Start Python; `progress` is told what is being done. Rejects if the browser cannot. */
  async start(progress = () => {}) {
    if (!this.#parts) {
      progress("正在解压…");
      this.#parts = await this.#unpack();
    }
    progress("正在启动检查程序…");
    this.#ready = this.#begin();
    await this.#ready;
  }

  /** The answer to a request, and its files. Rejects with `StoppedError` when the time is over. */
  async ask(request, files = [], seconds = 60) {
    await this.#ready;
    const id = ++this.#last;
    const answer = new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
    this.#worker.postMessage({ id, request: JSON.stringify(request), files });
    const timer = setTimeout(() => this.stop(), seconds * 1000);
    try {
      return await answer;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Stop whatever is being done, and start anew. */
  stop() {
    this.#worker?.terminate();
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    this.#ready = this.#begin();
    for (const { reject } of waiting) reject(new StoppedError());
  }

  async #unpack() {
    const [script, wasm, ...zips] = await Promise.all(
      ["worker.js", "pyodide.asm.wasm", ...PARTS].map((name) => part(name)),
    );
    // Compiled once, for every worker that is started.
    const module = await WebAssembly.compile(wasm);
    const address = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
    return { address, module, zips: Object.fromEntries(PARTS.map((name, index) => [name, zips[index]])) };
  }

  #begin() {
    const { address, module, zips } = this.#parts;
    const worker = new Worker(address);
    this.#worker = worker;
    return new Promise((resolve, reject) => {
      worker.onerror = (event) => {
        event.preventDefault();
        reject(new Error(event.message || "worker"));
      };
      worker.onmessage = ({ data }) => {
        if (data.ready) resolve();
        else if (data.failed) reject(new Error(data.failed));
        else if (data.wanted) worker.postMessage({ id: data.id, trees: data.wanted.map(treeOf) });
        else this.#settle(data);
      };
      worker.postMessage({ start: { module, zips } });
    });
  }

  #settle({ id, answer, files, broken }) {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (broken) {
      // Nothing can be trusted of a worker in which Python itself has failed.
      waiting?.reject(new Error(broken));
      this.stop();
    } else waiting?.resolve({ answer: JSON.parse(answer), files });
  }
}
