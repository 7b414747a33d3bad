// Small helpers for making elements, and the only way in which HTML from the checker gets onto the page.

const TAGS = new Set(
  "A BR BUTTON CAPTION DD DEL DIV DL DT EM H4 INS LI MARK OL P Q SPAN STRONG TABLE TBODY TD TH THEAD TR UL".split(" "),
);
const ATTRIBUTES = new Set(
  "aria-label class colspan hidden href id rowspan scope tabindex title type".split(" "),
);

export const byId = (id) => document.getElementById(id);

/** An element with a class, attributes and what stands in it. */
export function element(tag, attributes = {}, ...inside) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) made.setAttribute(name, "");
    else if (value !== false && value != null) made.setAttribute(name, value);
  }
  made.append(...inside);
  return made;
}

/** A button that does something. */
export function button(words, action, attributes = {}) {
  const made = element("button", { type: "button", ...attributes }, words);
  made.addEventListener("click", action);
  return made;
}

/**
 * The nodes of a piece of HTML that the checker wrote. It escapes every word of a report; that nothing else than text
 * and tables can come in here is held a second time, by a list of what may.
 */
export function safeNodes(html) {
  const parsed = new DOMParser().parseFromString(html, "text/html");
  for (const node of [...parsed.body.querySelectorAll("*")]) {
    if (!TAGS.has(node.tagName)) {
      node.replaceWith(node.textContent);
      continue;
    }
    for (const { name, value } of [...node.attributes]) {
      const allowed = ATTRIBUTES.has(name) || name.startsWith("data-");
      if (!allowed || (name === "href" && !value.startsWith("#"))) node.removeAttribute(name);
    }
  }
  return [...parsed.body.childNodes].map((node) => document.adoptNode(node));
}

/** Offer some bytes as a file. */
export function save(name, data, type = "application/octet-stream") {
  const url = URL.createObjectURL(new Blob([data], { type }));
  const link = element("a", { href: url, download: name, hidden: true });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** Put text on the clipboard; pages that were opened as files may use the older way only. */
export function copyText(text) {
  const field = element("textarea", { "aria-hidden": "true" });
  field.value = text;
  document.body.append(field);
  field.select();
  document.execCommand("copy");
  field.remove();
}
