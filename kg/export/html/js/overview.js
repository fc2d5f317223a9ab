// What the card shows when nothing is chosen, and the card of a community.

import { yearBars } from "./chart.js";
import { el, plural } from "./dom.js";
import { longList, nodeLink, section } from "./parts.js";

/** @param {import("./parts.js").App} app */
export function overviewCard(app) {
  const { graph } = app;
  const named = graph.communities.map((c, i) => i).filter((i) => graph.communities[i].names.length);
  const top = [...graph.order].filter((i) => !graph.isPaper(i)).sort((a, b) => graph.radius[b] - graph.radius[a] || a - b).slice(0, 10);
  const years = new Map();
  for (let i = 0; i < graph.paperCount; i++) if (graph.year[i]) years.set(graph.year[i], (years.get(graph.year[i]) || 0) + 1);
  return el("article", {},
    el("h2", { class: "title" }, "What is on this map"),
    el("p", { class: "lead" }, "Concepts and the papers that propose, use and study them, gathered into communities. Choose anything to read the sentences behind it."),
    years.size > 1 && yearBars(years, graph.firstYear, graph.lastYear, { label: "Papers by year" }),
    section("Communities", named.length, longList(named, 12, (i) => communityLink(app, i), "rows")),
    section("Most connected", null, el("ul", { class: "rows" }, top.map((i) => el("li", {}, el("div", { class: "line" },
      nodeLink(app, i), el("span", { class: "sure" }, plural(graph.concepts.papers[i - graph.paperCount], "paper"))))))));
}

/**
 * @param {import("./parts.js").App} app
 * @param {number} community
 */
export function communityLink(app, community) {
  const { graph, state, palette } = app;
  return el("button", { class: "community", type: "button", onclick: () => state.set({ com: community, sel: "", with: "", to: "" }) },
    el("span", { class: "dot", style: { background: palette.community(community) } }),
    el("span", {}, graph.communityName(community)), el("span", { class: "sure" }, String(graph.communities[community].size)));
}

/**
 * @param {import("./parts.js").App} app
 * @param {number} community
 */
export function communityCard(app, community) {
  const { graph } = app;
  const members = [...graph.order].filter((i) => graph.community[i] === community);
  const concepts = members.filter((i) => !graph.isPaper(i));
  const papers = members.filter((i) => graph.isPaper(i));
  const years = new Map();
  for (const i of papers) if (graph.year[i]) years.set(graph.year[i], (years.get(graph.year[i]) || 0) + 1);
  const near = app.scene.bundles.filter((b) => b.a === community || b.b === community).slice(0, 6);
  return el("article", {},
    el("h2", { class: "title" }, graph.communityName(community)),
    el("p", { class: "facts" }, `Community of ${plural(papers.length, "paper")} and ${plural(concepts.length, "concept")}`),
    years.size > 0 && graph.lastYear > graph.firstYear && yearBars(years, graph.firstYear, graph.lastYear, { label: "Papers by year" }),
    concepts.length > 0 && section("Concepts", concepts.length, longList(concepts, 15, (i) => nodeLink(app, i))),
    papers.length > 0 && section("Papers", papers.length, longList(papers, 8, (i) => el("div", { class: "line" },
      nodeLink(app, i, { shape: false, class: "work" }), el("span", { class: "sure" }, graph.year[i] || "")))),
    near.length > 0 && section("Tied to", null, el("ul", { class: "rows" }, near.map((b) => el("li", {},
      communityLink(app, b.a === community ? b.b : b.a))))));
}
