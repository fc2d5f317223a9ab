// The column at the right: the card of what is chosen.

import { compareCard } from "./compare.js";
import { conceptCard } from "./concept.js";
import { el, replace } from "./dom.js";
import { TYPE_WORDS } from "./names.js";
import { communityCard, overviewCard } from "./overview.js";
import { paperCard } from "./paper.js";
import { glyph } from "./parts.js";
import { pathCard } from "./paths.js";
import { searchBox } from "./search.js";

/**
 * @param {import("./parts.js").App} app
 * @param {HTMLElement} place
 */
export function cardPane(app, place) {
  const { graph, state } = app;
  return () => {
    const { sel, to, com } = state.now;
    const node = sel ? graph.find(sel) : -1;
    const target = to ? graph.find(to) : -1;
    const second = state.now.with ? graph.find(state.now.with) : -1;
    const open = node >= 0 || (com >= 0 && com < graph.communities.length);
    place.classList.toggle("open", open);
    place.scrollTop = 0;
    if (!open) return replace(place, overviewCard(app));
    const kind = node < 0 ? "Community" : target >= 0 ? "Path" : second >= 0 ? "Comparison" : TYPE_WORDS[graph.typeName(node)].one;
    const head = el("div", { class: "head" },
      node >= 0 && target < 0 && second < 0 && glyph(graph.typeName(node)),
      el("span", { class: "kind" }, kind),
      el("button", { type: "button", class: "plain", onclick: () => history.back() }, "Back"),
      el("button", { type: "button", class: "plain", "aria-label": "Close the card", onclick: () => state.set({ sel: "", com: -1, with: "", to: "" }) }, "Close"));
    if (node < 0) return replace(place, head, communityCard(app, com));
    if (target >= 0) return replace(place, head, pathCard(app, node, target));
    if (second >= 0) return replace(place, head, compareCard(app, node, second));
    replace(place, head, graph.isPaper(node) ? paperCard(app, node) : conceptCard(app, node), further(app, node));
  };
}

/**
 * Ask for a path or a comparison.
 * @param {import("./parts.js").App} app
 * @param {number} node
 */
function further(app, node) {
  const { graph, state } = app;
  const path = searchBox(app, app.index, { label: "Find a path to", placeholder: "Path to …", only: (i) => i !== node, pick: (i) => state.set({ to: graph.id(i), with: "" }) });
  const compare = !graph.isPaper(node) && searchBox(app, app.index, {
    label: "Compare with", placeholder: "Compare with …", only: (i) => i !== node && !graph.isPaper(i), pick: (i) => state.set({ with: graph.id(i), to: "" }),
  });
  return el("div", { class: "further" }, path.box, compare && compare.box);
}
