// Abstracts, mentions and evidence: unpacked block by block, when a card asks for them.

import { unpack } from "./payload.js";

/**
 * @typedef {{ field: number, start: number, end: number }} Span
 * @typedef {Span & { link: number }} Mention
 * @typedef {{ text: string, sentence: Span, marks: { start: number, end: number, node: number }[], cue: Span | null, decides: boolean }} Sentence
 * @typedef {{ [key: string]: any, sentences: Span[], mentions: Mention[], cues: { sentence: number, cue: Span | null }[], statements: { relation: number, sentence: Span, confidence: number, cue: Span | null }[] }} Texts
 */

export class TextStore {
  /** @param {import("./graph.js").Graph} graph */
  constructor(graph) {
    this.graph = graph;
    this.blocks = [...document.querySelectorAll("script.kg-texts")];
    /** @type {Map<number, Promise<any>>} */
    this.open = new Map();
    /** @type {Map<number, Texts>} */
    this.rows = new Map();
  }

  /**
   * What a paper's card needs.
   * @param {number} paper
   * @returns {Promise<Texts>}
   */
  async of(paper) {
    const number = Math.floor(paper / this.graph.perBlock);
    let block = this.open.get(number);
    if (!block) {
      block = unpack(this.blocks[number]);
      this.open.set(number, block);
    }
    const columns = await block;
    let row = this.rows.get(paper);
    if (!row) {
      row = readRow(columns, paper % this.graph.perBlock, this.graph.words);
      this.rows.set(paper, row);
    }
    return row;
  }

  /**
   * Text of a paper's field.
   * @param {number} paper
   * @param {Texts} texts
   * @param {number} field
   */
  field(paper, texts, field) {
    return field === 0 ? this.graph.papers.title[paper] : texts.abstract || "";
  }

  /**
   * Sentences of a paper that name a concept; the one that decides the role comes first.
   * @param {number} paper
   * @param {number} edge number of the link
   * @returns {Promise<Sentence[]>}
   */
  async ofLink(paper, edge) {
    const texts = await this.of(paper);
    const link = edge - this.graph.firstLink[paper];
    const decided = texts.cues[link];
    const out = [];
    texts.sentences.forEach((span, i) => {
      const inside = texts.mentions.filter((m) => m.link === link && within(m, span));
      if (!inside.length) return;
      const decides = Boolean(decided) && decided.sentence === i;
      out.push(this.#sentence(paper, texts, span, inside, decides ? decided.cue : null, decides));
    });
    return out.sort((a, b) => Number(b.decides) - Number(a.decides));
  }

  /**
   * Sentences of one paper that state a relation, or name both concepts of a co-occurrence.
   * @param {number} paper
   * @param {number} edge number of the relation
   * @returns {Promise<Sentence[]>}
   */
  async ofRelation(paper, edge) {
    const { graph } = this;
    const texts = await this.of(paper);
    const first = graph.firstLink[paper];
    const ends = [graph.from[edge], graph.to[edge]];
    const near = texts.mentions.filter((m) => ends.includes(graph.to[first + m.link]));
    const stated = texts.statements.filter((s) => s.relation === edge - graph.linkCount);
    if (stated.length) {
      return stated.map((s) => {
        const inside = near.filter((m) => within(m, s.sentence));
        return this.#sentence(paper, texts, s.sentence, inside, s.cue, true);
      });
    }
    const both = texts.sentences.map((span) => ({ span, inside: near.filter((m) => within(m, span)) }));
    return both
      .filter(({ inside }) => new Set(inside.map((m) => m.link)).size === 2)
      .map(({ span, inside }) => this.#sentence(paper, texts, span, inside, null, false));
  }

  /**
   * @param {number} paper
   * @param {Texts} texts
   * @param {Span} sentence
   * @param {Mention[]} inside
   * @param {Span | null} cue
   * @param {boolean} decides
   * @returns {Sentence}
   */
  #sentence(paper, texts, sentence, inside, cue, decides) {
    const first = this.graph.firstLink[paper];
    const text = this.field(paper, texts, sentence.field).slice(sentence.start, sentence.end);
    const marks = inside.map((m) => ({
      start: m.start - sentence.start,
      end: m.end - sentence.start,
      node: this.graph.to[first + m.link],
    }));
    return { text, sentence, marks, cue, decides };
  }
}

/**
 * @param {Span} inner
 * @param {Span} outer
 */
function within(inner, outer) {
  return inner.field === outer.field && outer.start <= inner.start && inner.end <= outer.end;
}

/**
 * One paper of a block.
 * @param {any} columns
 * @param {number} at
 * @param {Map<string, string>} words what characters stand for
 * @returns {Texts}
 */
function readRow(columns, at, words) {
  const take = (/** @type {number[]} */ values, /** @type {number} */ width) => {
    const out = [];
    for (let i = 0; i < values.length; i += width) out.push(values.slice(i, i + width));
    return out;
  };
  const ends = [0, 0];
  const starts = [0, 0];
  const sentences = take(columns.sentences[at], 3).map(([field, gap, length]) => {
    const start = ends[field] + gap;
    ends[field] = start + length;
    return { field, start, end: start + length };
  });
  const mentions = take(columns.mentions[at], 4).map(([field, step, length, link]) => {
    starts[field] += step;
    return { field, start: starts[field], end: starts[field] + length, link };
  });
  const cue = (/** @type {Span | undefined} */ sentence, /** @type {number} */ start, /** @type {number} */ length) =>
    sentence && length > 0
      ? { field: sentence.field, start: sentence.start + start, end: sentence.start + start + length }
      : null;
  return {
    ...columns.facts[at],
    abstract: columns.abstract[at].replace(/[\u0080-\u07ff]/g, (/** @type {string} */ c) => words.get(c) ?? c),
    sentences,
    mentions,
    cues: take(columns.cues[at], 3).map(([number, start, length]) => ({ sentence: number, cue: cue(sentences[number], start, length) })),
    statements: take(columns.statements[at], 7).map(([relation, field, start, length, confidence, from, long]) => {
      const sentence = { field, start, end: start + length };
      return { relation, sentence, confidence, cue: cue(sentence, from, long) };
    }),
  };
}
