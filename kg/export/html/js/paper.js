// The card of a paper.

import { el, outside, plural, replace } from "./dom.js";
import { evidence, markedText } from "./evidence.js";
import { ROLE_WORDS } from "./names.js";
import { nodeLink, section } from "./parts.js";

/**
 * @param {import("./parts.js").App} app
 * @param {number} paper
 */
export function paperCard(app, paper) {
  const { graph, texts } = app;
  const facts = el("p", { class: "facts" });
  const addresses = el("p", { class: "addresses" });
  const body = el("div", { class: "abstract", "aria-busy": "true" });
  texts.of(paper).then((row) => {
    replace(facts, ...factsOf(app, paper, row));
    replace(addresses, ...addressesOf(row));
    body.removeAttribute("aria-busy");
    const first = graph.firstLink[paper];
    const mentions = row.mentions.filter((m) => m.field === 1).map((m) => ({ ...m, node: graph.to[first + m.link] }));
    if (row.abstract) replace(body, el("p", {}, markedText(row.abstract, mentions, (node, text) =>
      nodeLink(app, node, { text, shape: false, class: "mention m-" + graph.typeName(node) }))));
    else replace(body, el("p", { class: "quiet" }, "No abstract was given."));
  });
  return el("article", {},
    el("h2", { class: "title" }, graph.label(paper)), facts, addresses, body, ...linksByRole(app, paper));
}

/**
 * @param {import("./parts.js").App} app
 * @param {number} paper
 * @param {import("./texts.js").Texts} row
 */
function factsOf(app, paper, row) {
  const authors = row.authors || [];
  const names = authors.length > 12 ? [...authors.slice(0, 10), `and ${authors.length - 10} others`] : authors;
  const who = names.length ? names.join(", ") : row.authorCount ? plural(row.authorCount, "author") : "";
  const date = app.graph.papers.date[paper];
  const when = date ? prettyDate(date) + (row.inferred ? " (year inferred)" : "") : "";
  const rest = [when, row.venue, row.organisation, row.upvotes && plural(row.upvotes, "upvote")].filter(Boolean);
  return [who && el("span", { class: "authors" }, who), el("span", { class: "when" }, rest.join(" · "))];
}

/** @param {string} date */
function prettyDate(date) {
  const months = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
  const [year, month, day] = date.split("-");
  return [day && Number(day), month && months[Number(month) - 1], year].filter(Boolean).join(" ");
}

/** @param {import("./texts.js").Texts} row */
function addressesOf(row) {
  const out = [];
  if (row.doi) out.push(outside("https://doi.org/" + encodeURI(row.doi), "doi:" + row.doi));
  if (row.arxiv) out.push(outside("https://arxiv.org/abs/" + encodeURI(row.arxiv), "arXiv:" + row.arxiv));
  for (const [scheme, value] of row.identifiers || []) {
    const pubmed = scheme === "pmid" && /^\d+$/.test(value);
    out.push(pubmed ? outside(`https://pubmed.ncbi.nlm.nih.gov/${value}/`, "pmid:" + value) : el("span", {}, `${scheme}:${value}`));
  }
  if (row.url) out.push(outside(row.url, row.url.replace(/^https?:\/\/(www\.)?/, "")));
  return out;
}

/**
 * @param {import("./parts.js").App} app
 * @param {number} paper
 */
function linksByRole(app, paper) {
  const { graph, texts } = app;
  const edges = [...graph.edgesOf(paper)];
  return graph.kinds.slice(0, graph.roleCount).map((role, code) => {
    const own = edges.filter((e) => graph.kind[e] === code)
      .sort((a, b) => graph.salience[b] - graph.salience[a] || a - b);
    if (!own.length) return null;
    return section(ROLE_WORDS[role].paper, own.length, el("ul", { class: "said" }, own.map((e) =>
      el("li", { "data-edge": e },
        el("div", { class: "line" }, nodeLink(app, graph.to[e]),
          el("span", { class: "sure", title: "Probability that the link and its role are right" }, `${graph.confidence[e]} %`)),
        evidence(app, () => texts.ofLink(paper, e))))));
  });
}
