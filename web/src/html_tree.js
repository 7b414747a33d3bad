// A web page as the browser's own parser reads it, as a list that the checker takes (see readers/web/parsing.py).

/** All nodes in order: `[parent, tag, attributes]` for an element, `[parent, text]` for a text. */
export function treeOf(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const nodes = [];
  const pending = [[page.documentElement, -1]];
  while (pending.length) {
    const [node, parent] = pending.pop();
    if (node.nodeType === Node.TEXT_NODE) {
      nodes.push([parent, node.data]);
      continue;
    }
    if (node.nodeType !== Node.ELEMENT_NODE) continue;
    const attributes = {};
    for (const { name, value } of node.attributes) attributes[name] = value;
    nodes.push([parent, node.localName, attributes]);
    const own = nodes.length - 1;
    for (let child = node.lastChild; child; child = child.previousSibling) pending.push([child, own]);
  }
  return JSON.stringify(nodes);
}
