// The shortest way between two nodes, each step with the sentence that says it.

import { el } from "./dom.js";
import { evidence } from "./evidence.js";
import { KIND_WORDS, ROLE_WORDS } from "./names.js";
import { nodeLink, section } from "./parts.js";

/**
 * Shortest path along passing edges; of equal ones the surer.
 * @param {import("./graph.js").Graph} graph
 * @param {import("./filter.js").Filtered} filtered
 * @param {number} from
 * @param {number} to
 * @returns {{ nodes: number[], edges: number[] } | null}
 */
export function shortestPath(graph, filtered, from, to) {
  const by = new Map([[from, -1]]);
  const trust = new Map([[from, 0]]);
  let rim = [from];
  while (rim.length && !by.has(to)) {
    /** @type {number[]} */
    const next = [];
    const fresh = new Set();
    for (const node of rim) {
      for (const e of graph.edgesOf(node)) {
        if (!filtered.edges[e]) continue;
        const other = graph.other(e, node);
        const sum = /** @type {number} */ (trust.get(node)) + graph.confidence[e];
        if (by.has(other) && !fresh.has(other)) continue;
        if (fresh.has(other) && sum <= /** @type {number} */ (trust.get(other))) continue;
        if (!fresh.has(other)) next.push(other);
        fresh.add(other);
        by.set(other, e);
        trust.set(other, sum);
      }
    }
    rim = next;
  }
  if (!by.has(to)) return null;
  const nodes = [to];
  const edges = [];
  for (let node = to; node !== from;) {
    const e = /** @type {number} */ (by.get(node));
    edges.unshift(e);
    node = graph.other(e, node);
    nodes.unshift(node);
  }
  return { nodes, edges };
}

/**
 * @param {string} kind
 * @param {boolean} forward
 */
function stepWords(kind, forward) {
  const role = ROLE_WORDS[kind];
  const words = role ? (forward ? role.paper : role.concept) : forward ? KIND_WORDS[kind].head : KIND_WORDS[kind].tail;
  return words.toLowerCase();
}

/**
 * @param {import("./parts.js").App} app
 * @param {number} from
 * @param {number} to
 */
export function pathCard(app, from, to) {
  const { graph, texts } = app;
  const path = shortestPath(graph, app.filtered, from, to);
  const head = el("h2", { class: "title" }, "From ", nodeLink(app, from, { shape: false }), " to ", nodeLink(app, to, { shape: false }));
  if (!path) return el("article", {}, head, el("p", { class: "lead" }, "No path joins them under the filters that are on."));
  const steps = path.edges.map((e, k) => {
    const paper = e < graph.linkCount ? graph.from[e] : (graph.statedIn[e - graph.linkCount] || [])[0];
    const words = stepWords(graph.kinds[graph.kind[e]], graph.from[e] === path.nodes[k]);
    return el("li", {}, el("p", { class: "step" }, words), nodeLink(app, path.nodes[k + 1]),
      paper !== undefined && evidence(app, () => (e < graph.linkCount ? texts.ofLink(paper, e) : texts.ofRelation(paper, e))));
  });
  return el("article", {}, head, section("Path", `${path.edges.length} steps`,
    el("ol", { class: "path" }, el("li", {}, nodeLink(app, from)), ...steps)));
}
