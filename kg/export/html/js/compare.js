// Two concepts side by side.

import { yearBars } from "./chart.js";
import { el, plural } from "./dom.js";
import { longList, nodeLink, section } from "./parts.js";

/**
 * @param {import("./parts.js").App} app
 * @param {number} a
 * @param {number} b
 */
export function compareCard(app, a, b) {
  const { graph } = app;
  const sets = [a, b].map((node) => new Set([...graph.edgesOf(node)].filter((e) => app.filtered.edges[e] && e < graph.linkCount).map((e) => graph.other(e, node))));
  const near = [a, b].map((node) => new Set([...graph.edgesOf(node)].filter((e) => e >= graph.linkCount).map((e) => graph.other(e, node))));
  const both = [...sets[0]].filter((i) => sets[1].has(i));
  const onlyA = [...sets[0]].filter((i) => !sets[1].has(i));
  const onlyB = [...sets[1]].filter((i) => !sets[0].has(i));
  const shared = [...near[0]].filter((i) => near[1].has(i) && i !== a && i !== b);
  const papers = (/** @type {number[]} */ nodes, /** @type {number} */ first) => longList(nodes, first, (i) => el("div", { class: "line" },
    nodeLink(app, i, { shape: graph.isPaper(i) ? false : true, class: "work" }), el("span", { class: "sure" }, graph.year[i] || "")));
  const years = graph.lastYear > graph.firstYear;
  return el("article", {},
    el("h2", { class: "title" }, nodeLink(app, a, { shape: false }), " and ", nodeLink(app, b, { shape: false })),
    el("p", { class: "facts" }, `${plural(both.length, "paper")} on both, ${onlyA.length} only on the first, ${onlyB.length} only on the second`),
    years && yearBars(graph.trend(a), graph.firstYear, graph.lastYear, { label: `Papers by year on ${graph.label(a)} and on ${graph.label(b)}`, second: graph.trend(b) }),
    years && el("p", { class: "key" }, el("span", { class: "swatch" }), graph.label(a), el("span", { class: "swatch second" }), graph.label(b)),
    both.length > 0 && section("On both", both.length, papers(both, 8)),
    shared.length > 0 && section("Related to both", shared.length, longList(shared, 8, (i) => nodeLink(app, i))),
    onlyA.length > 0 && section(`Only ${graph.label(a)}`, onlyA.length, papers(onlyA, 4)),
    onlyB.length > 0 && section(`Only ${graph.label(b)}`, onlyB.length, papers(onlyB, 4)));
}
