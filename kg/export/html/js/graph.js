// The graph in memory: columns, and for every node its edges.

import { running } from "./payload.js";

/**
 * @typedef {{ names: string[], x: number, y: number, r: number, size: number }} Community
 */

/** Nodes are numbers: papers first, then concepts. Edges are numbers: links first, then relations. */
export class Graph {
  /** @param {any} block */
  constructor(block) {
    this.title = /** @type {string} */ (block.title);
    this.focus = /** @type {number | null} */ (block.focus);
    this.papers = block.papers;
    this.concepts = block.concepts;
    this.paperCount = block.papers.id.length;
    this.size = this.paperCount + block.concepts.id.length;
    this.perBlock = block.perBlock;
    this.words = new Map(block.words.map((/** @type {string} */ word, /** @type {number} */ i) => [block.codes[i], word]));
    this.types = ["Paper", ...block.types];
    this.kinds = /** @type {string[]} */ ([...block.roles, ...block.kinds]);
    this.roleCount = block.roles.length;
    this.x = Float32Array.from(block.x);
    this.y = Float32Array.from(block.y);
    this.community = Int32Array.from(block.community);
    this.order = Int32Array.from(block.order);
    this.type = new Uint8Array(this.size);
    for (let i = this.paperCount; i < this.size; i++) this.type[i] = 1 + block.concepts.type[i - this.paperCount];
    this.communities = /** @type {Community[]} */ (block.communities.map((c) => ({ ...c, size: 0 })));
    for (const c of this.community) this.communities[c].size++;
    this.#edges(block.links, block.relations);
    this.#years();
    this.#sizes();
  }

  /**
   * @param {any} links
   * @param {any} relations
   */
  #edges(links, relations) {
    this.linkCount = links.concept.length;
    this.edgeCount = this.linkCount + relations.tail.length;
    const { edgeCount, linkCount, size } = this;
    this.from = new Int32Array(edgeCount);
    this.to = new Int32Array(edgeCount);
    this.from.set(running(links.paper));
    this.from.set(running(relations.head), linkCount);
    this.to.set(links.concept);
    this.to.set(relations.tail, linkCount);
    this.kind = new Uint8Array(edgeCount);
    this.kind.set(links.role);
    this.kind.set(relations.kind.map((k) => k + this.roleCount), linkCount);
    this.confidence = Uint8Array.from([...links.confidence, ...relations.confidence].map((v) => Math.max(0, v)));
    this.salience = Uint8Array.from([...links.salience, ...relations.confidence].map((v) => Math.max(0, v)));
    this.support = [...links.mentions, ...relations.support];
    this.statedIn = /** @type {number[][]} */ (relations.papers);
    this.start = new Int32Array(size + 1);
    for (let e = 0; e < edgeCount; e++) {
      this.start[this.from[e] + 1]++;
      this.start[this.to[e] + 1]++;
    }
    for (let i = 0; i < size; i++) this.start[i + 1] += this.start[i];
    const next = this.start.slice(0, size);
    this.incident = new Int32Array(edgeCount * 2);
    for (let e = 0; e < edgeCount; e++) {
      this.incident[next[this.from[e]]++] = e;
      this.incident[next[this.to[e]]++] = e;
    }
    this.firstLink = new Int32Array(this.paperCount + 1);
    for (let e = 0; e < linkCount; e++) this.firstLink[this.from[e] + 1]++;
    for (let i = 0; i < this.paperCount; i++) this.firstLink[i + 1] += this.firstLink[i];
  }

  /** The year of a paper; of a concept the first year in which a paper has it; 0 where unknown. */
  #years() {
    this.year = new Int16Array(this.size);
    this.papers.date.forEach((date, i) => (this.year[i] = date ? Number(date.slice(0, 4)) : 0));
    for (let e = 0; e < this.linkCount; e++) {
      const year = this.year[this.from[e]];
      const concept = this.to[e];
      if (year && (!this.year[concept] || year < this.year[concept])) this.year[concept] = year;
    }
    const known = this.papers.date.filter(Boolean).map((d) => Number(d.slice(0, 4)));
    this.firstYear = known.reduce((a, b) => Math.min(a, b), known[0] || 0);
    this.lastYear = known.reduce((a, b) => Math.max(a, b), 0);
  }

  /** Radius of each glyph in pixels at the overview. */
  #sizes() {
    this.radius = new Float32Array(this.size);
    this.degree = new Int32Array(this.size);
    for (let i = 0; i < this.size; i++) {
      this.degree[i] = this.start[i + 1] - this.start[i];
      const count = i < this.paperCount ? Math.min(this.degree[i], 40) * 0.12 : this.concepts.papers[i - this.paperCount];
      this.radius[i] = Math.min(11, 2.1 + 0.95 * Math.sqrt(count));
    }
  }

  /** @param {number} node */
  isPaper(node) {
    return node < this.paperCount;
  }

  /** @param {number} node */
  label(node) {
    return node < this.paperCount ? this.papers.title[node] : this.concepts.label[node - this.paperCount];
  }

  /** @param {number} node */
  id(node) {
    return node < this.paperCount
      ? "paper:" + this.papers.id[node]
      : "concept:" + this.concepts.id[node - this.paperCount];
  }

  /** @param {number} node */
  typeName(node) {
    return this.types[this.type[node]];
  }

  /**
   * Node by its id, or -1.
   * @param {string} id
   */
  find(id) {
    if (!this.byId) {
      this.byId = new Map();
      for (let i = 0; i < this.size; i++) this.byId.set(this.id(i), i);
    }
    return this.byId.get(id) ?? -1;
  }

  /**
   * Edges of a node.
   * @param {number} node
   */
  edgesOf(node) {
    return this.incident.subarray(this.start[node], this.start[node + 1]);
  }

  /**
   * @param {number} edge
   * @param {number} node
   */
  other(edge, node) {
    return this.from[edge] === node ? this.to[edge] : this.from[edge];
  }

  /** @param {number} community */
  communityName(community) {
    return this.communities[community].names.join(" · ") || "Not connected";
  }

  /**
   * Papers by year that link to a concept.
   * @param {number} concept
   * @returns {Map<number, number>}
   */
  trend(concept) {
    const counts = new Map();
    for (const e of this.edgesOf(concept)) {
      if (e >= this.linkCount) continue;
      const year = this.year[this.from[e]];
      if (year) counts.set(year, (counts.get(year) || 0) + 1);
    }
    return counts;
  }
}
