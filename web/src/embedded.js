// What is built into the one file: compressed, in base64, in elements that are no scripts.

export const isEmbedded = () => document.getElementById("part-worker.js") !== null;

/** One part, unpacked. */
export async function part(name) {
  const packed = bytesOf(document.getElementById(`part-${name}`).textContent);
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

function bytesOf(base64) {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(base64);
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index++) bytes[index] = text.charCodeAt(index);
  return bytes;
}
