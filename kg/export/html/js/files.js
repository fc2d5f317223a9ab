// Files made in the page: tables of the selection, GEXF for Gephi.

import { kindLabel } from "./names.js";

/**
 * Hand a file to the reader.
 * @param {string} name
 * @param {Blob} blob
 */
export function download(name, blob) {
  const address = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60000);
}

/** A value of a table, which no spreadsheet takes for a formula. @param {string | number} value */
function cell(value) {
  let text = String(value ?? "");
  if (/^[=+\-@\t\r]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text)) text = "'" + text;
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * Edges of the selection, or of all that passes the filters, each with its deciding sentence where
 * there is a selection.
 * @param {import("./parts.js").App} app
 * @param {number[]} nodes the selected ones; empty for all
 */
export async function csv(app, nodes) {
  const { graph, filtered, texts } = app;
  const edges = new Set();
  if (nodes.length) for (const i of nodes) for (const e of graph.edgesOf(i)) edges.add(e);
  else for (let e = 0; e < graph.edgeCount; e++) edges.add(e);
  const rows = [["from", "from_label", "relation", "to", "to_label", "confidence", "year", "sentence"]];
  for (const e of [...edges].sort((a, b) => a - b)) {
    if (!filtered.edges[e]) continue;
    const [a, b] = [graph.from[e], graph.to[e]];
    let sentence = "";
    if (nodes.length) {
      const papers = e < graph.linkCount ? [a] : graph.statedIn[e - graph.linkCount].slice(0, 1);
      for (const p of papers) {
        const found = e < graph.linkCount ? await texts.ofLink(p, e) : await texts.ofRelation(p, e);
        sentence = found.length ? found[0].text : "";
      }
    }
    rows.push([graph.id(a), graph.label(a), graph.kinds[graph.kind[e]], graph.id(b), graph.label(b),
      (graph.confidence[e] / 100).toFixed(2), graph.isPaper(a) ? String(graph.year[a] || "") : "", sentence]);
  }
  return rows.map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
}

/** @param {unknown} value */
function xml(value) {
  const allowed = (/** @type {string} */ c) => (c >= " " && c !== "\ufffe" && c !== "\uffff") || "\t\n\r".includes(c);
  return [...String(value)].filter(allowed).join("")
    .replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
}

/**
 * All that passes the filters, with places and colours.
 * @param {import("./parts.js").App} app
 */
export function gexf(app) {
  const { graph, filtered, palette } = app;
  const nodes = [];
  for (let i = 0; i < graph.size; i++) {
    if (!filtered.nodes[i]) continue;
    const [r, g, b] = [1, 3, 5].map((k) => parseInt(palette.node(i).slice(k, k + 2), 16));
    nodes.push(`<node id="${xml(graph.id(i))}" label="${xml(graph.label(i))}"><attvalues><attvalue for="type" value="${graph.typeName(i)}"/>` +
      `<attvalue for="year" value="${graph.year[i]}"/><attvalue for="community" value="${xml(graph.communityName(graph.community[i]))}"/></attvalues>` +
      `<viz:color r="${r}" g="${g}" b="${b}"/><viz:position x="${graph.x[i]}" y="${-graph.y[i]}" z="0"/><viz:size value="${graph.radius[i].toFixed(1)}"/></node>`);
  }
  const edges = [];
  for (let e = 0; e < graph.edgeCount; e++) {
    if (!filtered.edges[e]) continue;
    edges.push(`<edge id="${e}" source="${xml(graph.id(graph.from[e]))}" target="${xml(graph.id(graph.to[e]))}" label="${xml(kindLabel(graph.kinds[graph.kind[e]]))}" weight="${(Math.max(1, graph.confidence[e]) / 100).toFixed(2)}"/>`);
  }
  return `<?xml version="1.0" encoding="UTF-8"?>\n<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3"><graph defaultedgetype="directed">` +
    `<attributes class="node"><attribute id="type" title="type" type="string"/><attribute id="year" title="year" type="integer"/><attribute id="community" title="community" type="string"/></attributes>` +
    `<nodes>${nodes.join("\n")}</nodes><edges>${edges.join("\n")}</edges></graph></gexf>\n`;
}
