// The list: every node that passes the filters, sortable, and the way in for keyboard and screen reader.

import { el, grouped, replace } from "./dom.js";
import { TYPE_WORDS } from "./names.js";
import { nodeLink } from "./parts.js";

const PAGE = 100;

/**
 * @param {import("./parts.js").App} app
 * @param {HTMLElement} place
 */
export function tablePane(app, place) {
  const { graph, state } = app;
  let by = "links";
  let down = true;
  let shown = PAGE;
  const columns = [{ key: "name", label: "Name" }, { key: "type", label: "Type" }, { key: "links", label: "Links" }, { key: "year", label: "Year" }];
  const body = el("tbody", {});
  const heads = columns.map(({ key, label }) => el("th", { scope: "col", class: "c-" + key },
    el("button", { type: "button", onclick: () => {
      down = by === key ? !down : key === "links" || key === "year";
      by = key;
      update();
    } }, label)));
  const count = el("p", { class: "quiet" });
  const more = el("button", { type: "button", class: "more", onclick: () => {
    shown += PAGE;
    update();
  } }, "Show more");
  place.append(count, el("table", { id: "rows", tabindex: "-1" }, el("caption", { class: "hidden" }, "Papers and concepts on the map"),
    el("thead", {}, el("tr", {}, heads)), body), more);

  function compare() {
    const sign = down ? -1 : 1;
    const { degree } = app.filtered;
    if (by === "name") return (/** @type {number} */ a, /** @type {number} */ b) => sign * graph.label(a).localeCompare(graph.label(b), "en") || a - b;
    const value = by === "type" ? graph.type : by === "year" ? graph.year : degree;
    return (/** @type {number} */ a, /** @type {number} */ b) => sign * (value[a] - value[b]) || degree[b] - degree[a] || a - b;
  }

  function update() {
    if (state.now.tab !== "list") return;
    const nodes = [];
    for (let i = 0; i < graph.size; i++) if (app.filtered.nodes[i] && (state.now.com < 0 || graph.community[i] === state.now.com)) nodes.push(i);
    nodes.sort(compare());
    heads.forEach((th, k) => th.setAttribute("aria-sort", columns[k].key === by ? (down ? "descending" : "ascending") : "none"));
    const selected = state.now.sel ? graph.find(state.now.sel) : -1;
    const at = nodes.indexOf(selected);
    if (at >= shown) shown = Math.ceil((at + 1) / PAGE) * PAGE;
    count.textContent = `${grouped(nodes.length)} of ${grouped(graph.size)}` + (state.now.com >= 0 ? " in this community" : "");
    replace(body, ...nodes.slice(0, shown).map((i) => el("tr", { "aria-selected": i === selected ? "true" : null },
      el("td", {}, nodeLink(app, i)), el("td", {}, TYPE_WORDS[graph.typeName(i)].one),
      el("td", { class: "num" }, app.filtered.degree[i]), el("td", { class: "num" }, graph.year[i] || ""))));
    more.hidden = nodes.length <= shown;
    if (at >= 0) body.children[at].scrollIntoView({ block: "nearest" });
  }
  return update;
}
