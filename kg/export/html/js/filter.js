// Which nodes and edges pass the filters, and how many there are of each sort.

/**
 * @typedef {object} Filtered
 * @property {Uint8Array} nodes 1 for each node that passes
 * @property {Uint8Array} edges 1 for each edge that passes
 * @property {Int32Array} degree number of passing edges of each node
 * @property {number} nodeCount
 * @property {number} edgeCount
 * @property {number[]} types for each type the nodes there would be if only this filter were on
 * @property {number[]} kinds the same for roles and relations
 * @property {Map<number, number>} years papers by year that pass all filters but the years
 */

/**
 * @param {import("./graph.js").Graph} graph
 * @param {import("./state.js").Choice} choice
 * @returns {Filtered}
 */
export function applyFilters(graph, choice) {
  const typeOn = graph.types.map((t) => !choice.hide.includes(t));
  const kindOn = graph.kinds.map((k) => !choice.off.includes(k));
  const { size, edgeCount, from, to, kind, type } = graph;
  const inYears = new Uint8Array(size).fill(1);
  if (choice.years.length) {
    const [first, last] = choice.years;
    for (let i = 0; i < graph.paperCount; i++) {
      inYears[i] = graph.year[i] >= first && graph.year[i] <= last ? 1 : 0;
    }
  }
  // Concepts go with the papers and links that bring them there, so a narrowed view drops the rest.
  const narrowed = choice.years.length > 0 || choice.conf > 0 || narrowsRoles(graph, choice);
  const edges = new Uint8Array(edgeCount);
  const sure = new Uint8Array(edgeCount);
  const kinds = graph.kinds.map(() => 0);
  const carried = new Uint8Array(size);
  for (let e = 0; e < edgeCount; e++) {
    const a = from[e];
    const b = to[e];
    if (graph.confidence[e] < choice.conf || !inYears[a] || !statedInYears(graph, e, inYears, choice)) continue;
    sure[e] = 1;
    if (kindOn[kind[e]]) carried[a] = carried[b] = 1;
  }
  const present = (/** @type {number} */ i) => inYears[i] && (!narrowed || carried[i] || !graph.degree[i]);
  const degree = new Int32Array(size);
  for (let e = 0; e < edgeCount; e++) {
    const a = from[e];
    const b = to[e];
    if (!sure[e] || !typeOn[type[a]] || !typeOn[type[b]]) continue;
    kinds[kind[e]]++;
    if (!kindOn[kind[e]]) continue;
    edges[e] = 1;
    degree[a]++;
    degree[b]++;
  }
  const nodes = new Uint8Array(size);
  const types = graph.types.map(() => 0);
  const years = new Map();
  let nodeCount = 0;
  for (let i = 0; i < size; i++) {
    if (!present(i)) continue;
    // A type that is switched off has no degree to ask about.
    if (typeOn[type[i]] && degree[i] < choice.deg) continue;
    types[type[i]]++;
    if (!typeOn[type[i]]) continue;
    nodes[i] = 1;
    nodeCount++;
  }
  for (let i = 0; i < graph.paperCount; i++) {
    if (graph.year[i]) years.set(graph.year[i], (years.get(graph.year[i]) || 0) + 1);
  }
  let count = 0;
  for (let e = 0; e < edgeCount; e++) {
    if (edges[e] && nodes[from[e]] && nodes[to[e]]) count++;
    else edges[e] = 0;
  }
  return { nodes, edges, degree, nodeCount, edgeCount: count, types, kinds, years };
}

/**
 * @param {import("./graph.js").Graph} graph
 * @param {import("./state.js").Choice} choice
 */
function narrowsRoles(graph, choice) {
  return graph.kinds.some((k, i) => i < graph.roleCount && choice.off.includes(k));
}

/**
 * A stated relation stays while one of the papers that state it is in the range.
 * @param {import("./graph.js").Graph} graph
 * @param {number} edge
 * @param {Uint8Array} inYears
 * @param {import("./state.js").Choice} choice
 */
function statedInYears(graph, edge, inYears, choice) {
  if (edge < graph.linkCount || !choice.years.length) return true;
  const papers = graph.statedIn[edge - graph.linkCount];
  return papers.some((p) => inYears[p]);
}
