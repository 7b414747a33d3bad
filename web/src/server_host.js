// The checker on this computer, behind `checker open`: the same requests, sent to the server that sent the page.
//
// A message is the length of its head (4 bytes), the head as JSON (`{"request": …, "sizes": […]}`), and the files.

import { StoppedError } from "./worker_host.js";

export class ServerHost {
  #stopping = null;

  /** Tell the server that the page is there; it ends when this connection does. */
  async start() {
    this.#stayAlive();
  }

  /** The answer to a request, and its files. Rejects with `StoppedError` when the time is over. */
  async ask(request, files = [], seconds = 60) {
    this.#stopping = new AbortController();
    const timer = setTimeout(() => this.stop(), seconds * 1000);
    try {
      const response = await fetch("ask", {
        method: "POST",
        headers: { "content-type": "application/octet-stream" },
        body: packed(request, files),
        signal: this.#stopping.signal,
      });
      if (!response.ok) throw new Error(await response.text());
      return unpacked(new Uint8Array(await response.arrayBuffer()));
    } catch (error) {
      if (error.name === "AbortError") throw new StoppedError();
      if (error instanceof TypeError) throw new Error("本机的检查程序已经结束。请重新运行 checker open。");
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Wait no longer for what is being done. */
  stop() {
    this.#stopping?.abort();
  }

  /** A request that is answered bit by bit for as long as the page is there. */
  async #stayAlive() {
    try {
      const reader = (await fetch("alive")).body.getReader();
      while (!(await reader.read()).done);
    } catch {
      // The server has ended; the next request says so.
    }
  }
}

function packed(request, files) {
  const head = new TextEncoder().encode(JSON.stringify({ request, sizes: files.map((file) => file.length) }));
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, head.length);
  return new Blob([length, head, ...files]);
}

function unpacked(message) {
  const length = new DataView(message.buffer).getUint32(0);
  const { answer, sizes } = JSON.parse(new TextDecoder().decode(message.subarray(4, 4 + length)));
  const files = [];
  let position = 4 + length;
  for (const size of sizes) {
    files.push(message.subarray(position, position + size));
    position += size;
  }
  return { answer, files };
}
