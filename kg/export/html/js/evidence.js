// Sentences that say it, with the words that name the concept marked.

import { el, replace } from "./dom.js";

/**
 * A sentence with its marks and its cue.
 * @param {import("./parts.js").App} app
 * @param {import("./texts.js").Sentence} sentence
 */
export function sentenceElement(app, sentence) {
  const { text, marks, cue } = sentence;
  const cuts = new Set([0, text.length]);
  for (const m of marks) cuts.add(m.start).add(m.end);
  const from = cue ? cue.start - sentence.sentence.start : -1;
  const to = cue ? cue.end - sentence.sentence.start : -1;
  if (cue) cuts.add(from).add(to);
  const ends = [...cuts].filter((c) => c >= 0 && c <= text.length).sort((a, b) => a - b);
  const out = el("q", { class: "sentence" + (sentence.decides ? " decides" : "") });
  for (let k = 0; k + 1 < ends.length; k++) {
    const piece = text.slice(ends[k], ends[k + 1]);
    const mark = marks.find((m) => m.start <= ends[k] && ends[k + 1] <= m.end);
    const cued = cue && from <= ends[k] && ends[k + 1] <= to;
    const inner = cued ? el("em", { class: "cue" }, piece) : piece;
    out.append(mark ? el("mark", { class: "m-" + app.graph.typeName(mark.node) }, inner) : inner);
  }
  return out;
}

/**
 * Place for sentences that are fetched when it is first seen.
 * @param {import("./parts.js").App} app
 * @param {() => Promise<import("./texts.js").Sentence[]>} fetch
 */
export function evidence(app, fetch) {
  const box = el("div", { class: "evidence", "aria-busy": "true" });
  fetch().then((sentences) => {
    box.removeAttribute("aria-busy");
    const [first, ...others] = sentences;
    if (!first) return;
    replace(box, sentenceElement(app, first));
    if (others.length) {
      const rest = el("details", {}, el("summary", {}, `${others.length} more from this paper`));
      rest.append(...others.map((s) => sentenceElement(app, s)));
      box.append(rest);
    }
  });
  return box;
}

/**
 * A text with its mentions as links to their concepts.
 * @param {string} text
 * @param {{ start: number, end: number, node: number }[]} mentions
 * @param {(node: number, text: string) => HTMLElement} link
 */
export function markedText(text, mentions, link) {
  const sorted = [...mentions].sort((a, b) => a.start - b.start || b.end - a.end);
  /** @type {(Node | string)[]} */
  const out = [];
  let at = 0;
  for (const m of sorted) {
    if (m.start < at) continue;
    out.push(text.slice(at, m.start), link(m.node, text.slice(m.start, m.end)));
    at = m.end;
  }
  out.push(text.slice(at));
  return out;
}
