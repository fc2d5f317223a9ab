// The time view: concepts by year, the size of each circle the number of papers.

import { el, plural, replace, svg } from "./dom.js";
import { nodeLink } from "./parts.js";

/**
 * @param {import("./parts.js").App} app
 * @param {HTMLElement} place
 */
export function timelinePane(app, place) {
  const { state } = app;
  return () => {
    if (state.now.view !== "time") return;
    const parts = periods(app);
    const rows = rowsOf(app);
    const most = Math.max(1, ...rows.flatMap((r) => [...count(app, r, parts.of).values()]));
    const caption = `Papers on each concept by ${parts.unit}`;
    replace(place, el("div", { class: "time" },
      el("h2", {}, caption), el("p", { class: "quiet" }, `The ${rows.length} concepts with most papers${state.now.com >= 0 ? " of this community" : ""}; earlier first. Choose a circle to see its papers.${undated(app)}`),
      el("div", { class: "wide", tabindex: "0", role: "region", "aria-label": caption }, el("table", {},
        el("caption", { class: "hidden" }, caption),
        el("thead", {}, el("tr", {}, el("th", { scope: "col" }, "Concept"), parts.all.map((p) => el("th", { scope: "col", class: "num" }, parts.label(p))))),
        el("tbody", {}, rows.map((node) => {
          const counts = count(app, node, parts.of);
          return el("tr", {}, el("th", { scope: "row" }, nodeLink(app, node)), parts.all.map((p) => el("td", {}, circle(app, node, counts.get(p) || 0, most, parts, p))));
        }))))));
    // On a narrow screen the latest are seen first.
    const wide = /** @type {HTMLElement} */ (place.querySelector(".wide"));
    wide.scrollLeft = wide.scrollWidth;
  };
}

/**
 * Years, or months where all papers are of one or two years.
 * @param {import("./parts.js").App} app
 */
function periods(app) {
  const { graph, state } = app;
  const [first, last] = state.now.years.length ? state.now.years : [graph.firstYear, graph.lastYear];
  const months = last - first < 2 && graph.papers.date.some((d) => d.length >= 7);
  const of = (/** @type {number} */ paper) => graph.papers.date[paper].slice(0, months ? 7 : 4);
  const seen = new Set();
  for (let i = 0; i < graph.paperCount; i++) if (app.filtered.nodes[i] && graph.papers.date[i].length >= (months ? 7 : 4)) seen.add(of(i));
  let all = [...seen].sort();
  if (!months && all.length) {
    const [a, b] = [Number(all[0]), Number(all[all.length - 1])];
    all = Array.from({ length: Math.min(60, b - a + 1) }, (_, k) => String(Math.max(a, b - 59) + k));
  }
  const short = all.length > 14;
  const label = (/** @type {string} */ p) => (months ? `${p.slice(5)}/${p.slice(2, 4)}` : short ? `’${p.slice(2)}` : p);
  return { all, of, label, unit: months ? "month" : "year", months };
}

/** @param {import("./parts.js").App} app */
function undated(app) {
  let count = 0;
  for (let i = 0; i < app.graph.paperCount; i++) if (app.filtered.nodes[i] && !app.graph.year[i]) count++;
  return count ? ` Not shown: ${plural(count, "paper")} without a date.` : "";
}

/** @param {import("./parts.js").App} app */
function rowsOf(app) {
  const { graph, state, filtered } = app;
  const nodes = [];
  for (let i = graph.paperCount; i < graph.size; i++) if (filtered.nodes[i] && graph.year[i] && (state.now.com < 0 || graph.community[i] === state.now.com)) nodes.push(i);
  nodes.sort((a, b) => graph.concepts.papers[b - graph.paperCount] - graph.concepts.papers[a - graph.paperCount] || a - b);
  return nodes.slice(0, 30).sort((a, b) => graph.year[a] - graph.year[b] || a - b);
}

/**
 * @param {import("./parts.js").App} app
 * @param {number} node
 * @param {(paper: number) => string} of
 */
function count(app, node, of) {
  const out = new Map();
  for (const e of app.graph.edgesOf(node)) {
    if (e >= app.graph.linkCount || !app.filtered.edges[e]) continue;
    const period = of(app.graph.from[e]);
    if (period) out.set(period, (out.get(period) || 0) + 1);
  }
  return out;
}

/**
 * @param {import("./parts.js").App} app
 * @param {number} node
 * @param {number} value
 * @param {number} most
 * @param {{ months: boolean, label: (p: string) => string }} parts
 * @param {string} period
 */
function circle(app, node, value, most, parts, period) {
  if (!value) return null;
  const r = 3 + 9 * Math.sqrt(value / most);
  const year = Number(period.slice(0, 4));
  return el("button", { type: "button", "aria-label": `${app.graph.label(node)}, ${period}: ${plural(value, "paper")}`,
    onclick: () => app.state.set({ sel: app.graph.id(node), years: parts.months ? app.state.now.years : [year, year] }) },
  svg("svg", { height: 26, viewBox: "-14 -13 28 26", "aria-hidden": "true" },
    svg("circle", { r, fill: app.palette.node(node) }), r > 7.5 && svg("text", { y: 3.5, class: "on" }, String(value))));
}
