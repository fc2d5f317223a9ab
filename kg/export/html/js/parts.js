// Small parts that cards, lists and the legend share.

import { el, svg } from "./dom.js";

/**
 * @typedef {object} App what every part of the page is given
 * @property {import("./graph.js").Graph} graph
 * @property {import("./texts.js").TextStore} texts
 * @property {import("./state.js").State} state
 * @property {import("./palette.js").Palette} palette
 * @property {import("./filter.js").Filtered} filtered
 * @property {import("./search.js").Index} index
 * @property {import("./drawing.js").Scene} scene
 * @property {() => any} map the renderer that is on the screen
 * @property {() => { camera: import("./geometry.js").Camera, grown: number }} picture
 * @property {(text: string) => void} say tells a screen reader
 */

const SHAPES = {
  Paper: ["circle", { cx: 8, cy: 8, r: 4.6, fill: "none", "stroke-width": 2.4, class: "ring" }],
  Method: ["circle", { cx: 8, cy: 8, r: 5.6 }],
  Task: ["path", { d: "M8 1 15 8 8 15 1 8Z" }],
  Dataset: ["rect", { x: 3, y: 3, width: 10, height: 10 }],
  Metric: ["path", { d: "M8 1.6 15 14H1Z" }],
  Concept: ["path", { d: "M1.8 8 4.9 2.6h6.2L14.2 8l-3.1 5.4H4.9Z" }],
};

/**
 * Shape of a type, in its colour.
 * @param {string} type
 */
export function glyph(type) {
  const [tag, props] = /** @type {any} */ (SHAPES)[type];
  return svg("svg", { class: `glyph t-${type}`, viewBox: "0 0 16 16", width: 12, height: 12, "aria-hidden": "true" }, svg(tag, props));
}

/**
 * Link that chooses a node.
 * @param {App} app
 * @param {number} node
 * @param {{ text?: string, shape?: boolean, class?: string }} [how]
 */
export function nodeLink(app, node, how = {}) {
  const id = app.graph.id(node);
  const name = how.text ?? app.graph.label(node);
  const shape = how.shape !== false && glyph(app.graph.typeName(node));
  const link = el("a", {
    class: "node " + (how.class || ""),
    href: "#",
    "data-node": node,
    onclick: (/** @type {MouseEvent} */ event) => {
      if (event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      app.state.set({ sel: id, with: "", to: "", com: -1 });
    },
    // The address is made when it is needed, so that it carries the filters of that moment.
    onpointerdown: () => link.setAttribute("href", app.state.addressOf(id)),
    onfocus: () => link.setAttribute("href", app.state.addressOf(id)),
  }, shape, el("span", {}, name));
  return link;
}

/**
 * @param {string} title
 * @param {number | string | null} note
 * @param {...any} children
 */
export function section(title, note, ...children) {
  return el("section", { class: "part" },
    el("h3", {}, title, note !== null && el("span", { class: "note" }, String(note))), ...children);
}

/**
 * A list of which the first rows show, the others after a click.
 * @template T
 * @param {T[]} items
 * @param {number} first
 * @param {(item: T) => Node} row
 * @param {string} [kind] class of the list
 */
export function longList(items, first, row, kind = "rows") {
  const list = el("ul", { class: kind });
  const box = el("div", {}, list);
  let shown = 0;
  const more = el("button", { class: "more", type: "button", onclick: () => grow(Math.max(first, 25)) });
  const grow = (/** @type {number} */ count) => {
    const next = items.slice(shown, shown + count);
    list.append(...next.map((item) => el("li", {}, row(item))));
    shown += next.length;
    const left = items.length - shown;
    if (left > 0) {
      more.textContent = `Show ${Math.min(left, Math.max(first, 25))} more of ${left}`;
      box.append(more);
    } else more.remove();
  };
  grow(first);
  return box;
}
