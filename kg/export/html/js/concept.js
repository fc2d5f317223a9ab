// The card of a concept.

import { yearBars } from "./chart.js";
import { el, outside, plural } from "./dom.js";
import { evidence } from "./evidence.js";
import { KIND_WORDS, ROLE_WORDS, TYPE_WORDS } from "./names.js";
import { longList, nodeLink, section } from "./parts.js";

/**
 * @param {import("./parts.js").App} app
 * @param {number} concept
 */
export function conceptCard(app, concept) {
  const { graph } = app;
  const at = concept - graph.paperCount;
  const { aliases, exact, close, papers } = graph.concepts;
  const also = aliases[at].map(([name]) => name);
  const trend = graph.trend(concept);
  return el("article", {},
    el("h2", { class: "title" }, graph.label(concept)),
    el("p", { class: "facts" },
      el("span", {}, `${TYPE_WORDS[graph.typeName(concept)].one} in ${plural(papers[at], "paper")}`),
      also.length > 0 && el("span", { class: "also" }, "also written ", ...also.slice(0, 8).flatMap((name, i) => [i ? ", " : "", el("i", {}, name)]),
        also.length > 8 && ` and ${also.length - 8} more`)),
    trend.size > 0 && graph.lastYear > graph.firstYear && yearBars(trend, graph.firstYear, graph.lastYear, { label: "Papers by year" }),
    ...byRole(app, concept),
    ...relations(app, concept),
    exact[at].length + close[at].length > 0 && section("Elsewhere", null, el("ul", { class: "rows" },
      exact[at].map((iri) => el("li", {}, "same as ", outside(iri, iri.replace(/^https?:\/\//, "")))),
      close[at].map((iri) => el("li", {}, "close to ", outside(iri, iri.replace(/^https?:\/\//, "")))))));
}

/**
 * @param {import("./parts.js").App} app
 * @param {number} concept
 */
function byRole(app, concept) {
  const { graph, texts } = app;
  const edges = [...graph.edgesOf(concept)].filter((e) => e < graph.linkCount);
  return graph.kinds.slice(0, graph.roleCount).map((role, code) => {
    const own = edges.filter((e) => graph.kind[e] === code)
      .sort((a, b) => graph.confidence[b] - graph.confidence[a] || graph.salience[b] - graph.salience[a] || a - b);
    if (!own.length) return null;
    return section(ROLE_WORDS[role].concept, plural(own.length, "paper"), longList(own, 5, (e) =>
      el("div", { "data-edge": e },
        el("div", { class: "line" }, nodeLink(app, graph.from[e], { shape: false, class: "work" }),
          el("span", { class: "sure" }, graph.year[graph.from[e]] || "")),
        evidence(app, () => texts.ofLink(graph.from[e], e))), "said"));
  });
}

/**
 * @param {import("./parts.js").App} app
 * @param {number} concept
 */
function relations(app, concept) {
  const { graph } = app;
  const edges = [...graph.edgesOf(concept)].filter((e) => e >= graph.linkCount);
  const out = [];
  for (let code = graph.roleCount; code < graph.kinds.length; code++) {
    const words = KIND_WORDS[graph.kinds[code]];
    const own = edges.filter((e) => graph.kind[e] === code).sort((a, b) => graph.confidence[b] - graph.confidence[a] || a - b);
    const sides = words.head === words.tail
      ? [{ title: words.head, of: own }]
      : [{ title: words.head, of: own.filter((e) => graph.from[e] === concept) },
        { title: words.tail, of: own.filter((e) => graph.from[e] !== concept) }];
    for (const { title, of } of sides) {
      if (!of.length) continue;
      const statistical = graph.kinds[code] === "co_occurs_with";
      out.push(section(title, of.length, longList(of, statistical ? 8 : 5, (e) => relationRow(app, concept, e, statistical), statistical ? "rows" : "said")));
    }
  }
  return out;
}

/**
 * @param {import("./parts.js").App} app
 * @param {number} concept
 * @param {number} edge
 * @param {boolean} statistical
 */
export function relationRow(app, concept, edge, statistical) {
  const { graph, texts } = app;
  const papers = statistical ? [] : graph.statedIn[edge - graph.linkCount];
  return el("div", { "data-edge": edge },
    el("div", { class: "line" }, nodeLink(app, graph.other(edge, concept)),
      el("span", { class: "sure" }, plural(graph.support[edge], "paper"))),
    papers.slice(0, 3).map((p) => el("div", { class: "stated" },
      evidence(app, () => texts.ofRelation(p, edge)), nodeLink(app, p, { shape: false, class: "source" }))));
}
