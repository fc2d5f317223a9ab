// Elements, made without markup: text from papers only ever becomes a text node.

const SVG = "http://www.w3.org/2000/svg";

/**
 * @typedef {Node | string | number | null | undefined | false} Child
 * @typedef {Record<string, any>} Props
 */

/**
 * An HTML element.
 * @param {string} tag
 * @param {Props} [props] `class`, `on…` handlers, `style` (a record), other names as attributes
 * @param {...(Child | Child[])} children
 * @returns {HTMLElement}
 */
export function el(tag, props = {}, ...children) {
  return /** @type {HTMLElement} */ (fill(document.createElement(tag), props, children));
}

/**
 * An SVG element.
 * @param {string} tag
 * @param {Props} [props]
 * @param {...(Child | Child[])} children
 * @returns {SVGElement}
 */
export function svg(tag, props = {}, ...children) {
  return /** @type {SVGElement} */ (fill(document.createElementNS(SVG, tag), props, children));
}

/**
 * @param {Element} node
 * @param {Props} props
 * @param {(Child | Child[])[]} children
 */
function fill(node, props, children) {
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "style") Object.assign(/** @type {any} */ (node).style, value);
    else if (name === "value" || name === "checked" || name === "disabled") /** @type {any} */ (node)[name] = value;
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.flat().filter(isChild).map((c) => (c instanceof Node ? c : String(c))));
  return node;
}

/** @param {Child} child */
function isChild(child) {
  return child !== null && child !== undefined && child !== false;
}

/**
 * Put new children in place of the old ones.
 * @param {Element} node
 * @param {...(Child | Child[])} children
 */
export function replace(node, ...children) {
  node.replaceChildren();
  fill(node, {}, children);
}

/**
 * Address of a link to the outside: https, or nothing.
 * @param {string} address
 * @returns {string | null}
 */
export function safeAddress(address) {
  try {
    const url = new URL(address.replace(/^http:/i, "https:"));
    return url.protocol === "https:" ? url.href : null;
  } catch {
    return null;
  }
}

/**
 * Link to the outside; plain text where the address is not one.
 * @param {string} address
 * @param {string} text
 */
export function outside(address, text) {
  const safe = safeAddress(address);
  if (!safe) return el("span", {}, text);
  return el("a", { href: safe, target: "_blank", rel: "noopener noreferrer", class: "out" }, text);
}

/** @param {number} value */
export function grouped(value) {
  return value.toLocaleString("en-GB");
}

/**
 * @param {number} count
 * @param {string} one
 * @param {string} [many]
 */
export function plural(count, one, many = one + "s") {
  return `${grouped(count)} ${count === 1 ? one : many}`;
}

/**
 * @param {string} text
 * @param {number} length
 */
export function shorten(text, length) {
  if (text.length <= length) return text;
  const cut = text.slice(0, length);
  const space = cut.lastIndexOf(" ");
  return (space > length * 0.6 ? cut.slice(0, space) : cut).replace(/[\s,.;:–-]+$/, "") + "…";
}
