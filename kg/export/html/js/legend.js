// The legend, which is the filter.

import { el, grouped, replace, svg } from "./dom.js";
import { kindLabel, TYPE_WORDS } from "./names.js";
import { communityLink } from "./overview.js";
import { glyph } from "./parts.js";

/**
 * @param {import("./parts.js").App} app
 * @param {HTMLElement} place
 */
export function legendPane(app, place) {
  const { graph, state } = app;
  /** @type {Map<string, HTMLElement>} */
  const counts = new Map();
  const toggle = (/** @type {"hide" | "off"} */ field, /** @type {string} */ key) => {
    const now = state.now[field];
    state.set({ [field]: now.includes(key) ? now.filter((k) => k !== key) : [...now, key] });
  };
  const row = (/** @type {"hide" | "off"} */ field, /** @type {string} */ key, /** @type {string} */ label, /** @type {any} */ mark) => {
    const count = el("span", { class: "count" });
    const box = /** @type {HTMLInputElement} */ (el("input", { type: "checkbox", onchange: () => toggle(field, key) }));
    counts.set(key, count);
    boxes.push(() => (box.checked = !state.now[field].includes(key)));
    return el("label", { class: "check" }, box, mark, el("span", {}, label), count);
  };
  /** @type {(() => void)[]} */
  const boxes = [];
  const colours = ["community", "type", "year"].map((by) => el("button", { type: "button", class: "seg", "data-by": by, onclick: () => state.set({ by: /** @type {any} */ (by) }) }, by[0].toUpperCase() + by.slice(1)));
  const roles = graph.kinds.slice(0, graph.roleCount);
  const kinds = graph.kinds.slice(graph.roleCount);
  const used = new Set(graph.kind);
  const key = el("div", { class: "key-of-colours" });
  const sure = slider("Confidence, at least", 0, 100, 5, "conf", (v) => `${v} %`);
  const least = slider("Links, at least", 0, 20, 1, "deg", String);
  const years = graph.lastYear > graph.firstYear ? yearRange(app) : null;
  replace(place,
    el("div", { class: "group" }, el("h2", {}, "Colour by"), el("div", { class: "segs", role: "group", "aria-label": "Colour by" }, colours), key),
    el("fieldset", { class: "group" }, el("legend", {}, "Types"), graph.types.map((t) => row("hide", t, TYPE_WORDS[t].many, glyph(t)))),
    years && years.box,
    el("fieldset", { class: "group" }, el("legend", {}, "Roles of papers"), roles.filter((k) => used.has(graph.kinds.indexOf(k))).map((k) => row("off", k, kindLabel(k), null))),
    kinds.some((k) => used.has(graph.kinds.indexOf(k))) && el("fieldset", { class: "group" }, el("legend", {}, "Relations of concepts"),
      kinds.filter((k) => used.has(graph.kinds.indexOf(k))).map((k) => row("off", k, kindLabel(k), null))),
    el("fieldset", { class: "group" }, el("legend", {}, "Strength"), sure.box, least.box),
    el("button", { type: "button", class: "more reset", onclick: () => state.set({ hide: [], off: ["co_occurs_with"], years: [], conf: 0, deg: 0 }) }, "Clear the filters"));

  /** @param {string} label @param {number} min @param {number} max @param {number} step @param {"conf" | "deg"} field @param {(v: number) => string} show */
  function slider(label, min, max, step, field, show) {
    const value = el("span", { class: "value" });
    const input = /** @type {HTMLInputElement} */ (el("input", { type: "range", min, max, step, oninput: () => state.set({ [field]: Number(input.value) }) }));
    boxes.push(() => {
      input.value = String(state.now[field]);
      value.textContent = show(state.now[field]);
    });
    return { box: el("label", { class: "slide" }, el("span", {}, label), value, input) };
  }

  return () => {
    for (const update of boxes) update();
    const { filtered } = app;
    graph.types.forEach((t, i) => (/** @type {HTMLElement} */ (counts.get(t)).textContent = grouped(filtered.types[i])));
    graph.kinds.forEach((k, i) => counts.has(k) && (/** @type {HTMLElement} */ (counts.get(k)).textContent = grouped(filtered.kinds[i])));
    for (const b of colours) b.setAttribute("aria-pressed", String(b.dataset.by === state.now.by));
    document.body.dataset.by = state.now.by;
    replace(key, ...colourKey(app));
    if (years) years.update();
  };
}

/** @param {import("./parts.js").App} app */
function colourKey(app) {
  const { graph, palette, state } = app;
  if (state.now.by === "community") {
    return graph.communities.map((c, i) => i).filter((i) => graph.communities[i].names.length).slice(0, 8).map((i) => communityLink(app, i));
  }
  if (state.now.by === "year" && graph.lastYear > graph.firstYear) {
    const stops = [];
    for (let k = 0; k <= 5; k++) stops.push(palette.year(Math.round(graph.firstYear + ((graph.lastYear - graph.firstYear) * k) / 5)));
    return [el("div", { class: "scale" }, stops.map((c) => el("span", { style: { background: c } }))),
      el("p", { class: "ends" }, el("span", {}, graph.firstYear), el("span", {}, "grey: no date"), el("span", {}, graph.lastYear))];
  }
  return [];
}

/**
 * Histogram of papers with the first and last year to keep.
 * @param {import("./parts.js").App} app
 */
function yearRange(app) {
  const { graph, state } = app;
  const { firstYear: first, lastYear: last } = graph;
  const bars = el("div", { class: "bars" });
  const said = el("output", {});
  const end = (/** @type {string} */ label) => /** @type {HTMLInputElement} */ (el("input", {
    type: "range", min: first, max: last, step: 1, "aria-label": label, oninput: () => change(),
  }));
  const from = end("First year");
  const to = end("Last year");
  function change() {
    const a = Math.min(Number(from.value), Number(to.value));
    const b = Math.max(Number(from.value), Number(to.value));
    state.set({ years: a === first && b === last ? [] : [a, b] });
  }
  function update() {
    const [a, b] = state.now.years.length ? state.now.years : [first, last];
    from.value = String(a);
    to.value = String(b);
    said.textContent = a === b ? String(a) : `${a} – ${b}`;
    const { years } = app.filtered;
    const most = Math.max(1, ...years.values());
    const n = last - first + 1;
    const shapes = [];
    for (let y = first; y <= last; y++) {
      const h = ((years.get(y) || 0) / most) * 36;
      shapes.push(svg("rect", { x: ((y - first) * 240) / n + 0.5, width: Math.max(1, 240 / n - 1), y: 38 - h, height: h, class: y >= a && y <= b ? "in" : "out" },
        svg("title", {}, `${y}: ${years.get(y) || 0} papers`)));
    }
    replace(bars, svg("svg", { viewBox: "0 0 240 38", preserveAspectRatio: "none", "aria-hidden": "true" }, ...shapes));
  }
  return { box: el("fieldset", { class: "group years" }, el("legend", {}, "Years"), said, bars, el("div", { class: "two" }, from, to)), update };
}
