// Search with a live list: labels, aliases, abbreviations and titles.

import { el, replace } from "./dom.js";
import { TYPE_WORDS } from "./names.js";
import { glyph } from "./parts.js";

/** Names of all nodes, lower case, with the nodes they name. */
export class Index {
  /** @param {import("./graph.js").Graph} graph */
  constructor(graph) {
    this.graph = graph;
    /** @type {string[] | null} */
    this.texts = null;
    this.nodes = [];
    this.shown = [];
  }

  #make() {
    const { graph } = this;
    const texts = [];
    for (let i = 0; i < graph.size; i++) {
      const names = graph.isPaper(i) ? [] : graph.concepts.aliases[i - graph.paperCount].map(([name]) => name);
      for (const name of [graph.label(i), ...names]) {
        texts.push(name.toLowerCase());
        this.nodes.push(i);
        this.shown.push(name);
      }
    }
    this.texts = texts;
    return texts;
  }

  /**
   * The best nodes for some words; every word must occur in one name.
   * @param {string} query
   * @param {number} limit
   * @returns {{ node: number, name: string }[]}
   */
  find(query, limit) {
    const words = query.toLowerCase().split(/\s+/).filter(Boolean);
    if (!words.length) return [];
    const whole = words.join(" ");
    const texts = this.texts || this.#make();
    /** @type {Map<number, { node: number, name: string, score: number }>} */
    const best = new Map();
    for (let k = 0; k < texts.length; k++) {
      const text = texts[k];
      if (!words.every((w) => text.includes(w))) continue;
      const node = this.nodes[k];
      let score = this.graph.isPaper(node) ? 0 : 40;
      if (text === whole) score += 1000;
      else if (text.startsWith(whole)) score += 300;
      else if ((" " + text).includes(" " + whole)) score += 120;
      score += Math.min(80, 12 * Math.log2(1 + this.graph.degree[node])) - text.length * 0.2;
      const before = best.get(node);
      if (!before || before.score < score) best.set(node, { node, name: this.shown[k], score });
    }
    return [...best.values()].sort((a, b) => b.score - a.score || a.node - b.node).slice(0, limit);
  }
}

let boxes = 0;

/**
 * A field with a list under it, for keyboard and mouse.
 * @param {import("./parts.js").App} app
 * @param {Index} index
 * @param {{ label: string, placeholder: string, pick: (node: number) => void, only?: (node: number) => boolean, clear?: boolean }} how
 */
export function searchBox(app, index, how) {
  const id = `find-${++boxes}`;
  /** @type {{ node: number, name: string }[]} */
  let found = [];
  let active = -1;
  const list = el("ul", { id, role: "listbox", class: "found", "aria-label": how.label, hidden: true });
  const input = /** @type {HTMLInputElement} */ (el("input", {
    type: "search", role: "combobox", "aria-label": how.label, placeholder: how.placeholder, autocomplete: "off", spellcheck: "false",
    "aria-controls": id, "aria-expanded": "false", "aria-autocomplete": "list",
    oninput: () => look(), onkeydown: (/** @type {KeyboardEvent} */ e) => key(e), onfocus: () => input.value && look(),
  }));
  const box = el("div", { class: "finder", onfocusout: (/** @type {FocusEvent} */ e) => {
    if (!box.contains(/** @type {Node | null} */ (e.relatedTarget))) close();
  } }, input, list);

  function close() {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function look() {
    found = index.find(input.value, 60).filter((f) => !how.only || how.only(f.node)).slice(0, 12);
    active = found.length ? 0 : -1;
    replace(list, ...found.map((f, i) => option(f, i)));
    if (!found.length && input.value.trim()) list.append(el("li", { class: "none", role: "option", "aria-disabled": "true" }, "Nothing is called that"));
    list.hidden = !input.value.trim();
    input.setAttribute("aria-expanded", String(!list.hidden));
    mark();
    app.say(found.length ? `${found.length} found; arrow keys choose` : "Nothing found");
  }

  function option({ node, name }, i) {
    const label = app.graph.label(node);
    const type = app.graph.typeName(node);
    const note = app.graph.isPaper(node) ? app.graph.year[node] || "Paper" : TYPE_WORDS[type].one;
    return el("li", { role: "option", id: `${id}-${i}`, "aria-selected": "false", "data-node": node,
      onpointerdown: (/** @type {Event} */ e) => e.preventDefault(), onclick: () => take(i) },
    glyph(type), el("span", { class: "label" }, label, name !== label && el("i", {}, ` — ${name}`)), el("span", { class: "note" }, note));
  }

  function mark() {
    [...list.children].forEach((row, i) => row.setAttribute("aria-selected", String(i === active)));
    if (active >= 0) {
      input.setAttribute("aria-activedescendant", `${id}-${active}`);
      list.children[active].scrollIntoView({ block: "nearest" });
    } else input.removeAttribute("aria-activedescendant");
  }

  function take(i) {
    if (i < 0 || !found[i]) return;
    const { node } = found[i];
    close();
    input.value = how.clear ? "" : app.graph.label(node);
    how.pick(node);
  }

  function key(e) {
    if (e.key === "ArrowDown" || e.key === "ArrowUp") {
      e.preventDefault();
      if (found.length) active = (active + (e.key === "ArrowDown" ? 1 : -1) + found.length) % found.length;
      mark();
    } else if (e.key === "Enter") {
      e.preventDefault();
      take(active);
    } else if (e.key === "Escape") {
      e.stopPropagation();
      if (list.hidden) input.value = "";
      close();
    }
  }
  return { box, input };
}
