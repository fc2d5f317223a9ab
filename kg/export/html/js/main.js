// The page: puts the parts together and keeps them in step.

import { CanvasMap } from "./canvas.js";
import { cardPane } from "./card.js";
import { el, grouped, plural } from "./dom.js";
import { exportMenu } from "./export.js";
import { applyFilters } from "./filter.js";
import { boxAround, fitBox, growth } from "./geometry.js";
import { Graph } from "./graph.js";
import { legendPane } from "./legend.js";
import { NetworkMap } from "./network.js";
import { Palette, themeOf } from "./palette.js";
import { shortestPath } from "./paths.js";
import { loadLibrary, unpack } from "./payload.js";
import { Index, searchBox } from "./search.js";
import { State } from "./state.js";
import { tablePane } from "./table.js";
import { TextStore } from "./texts.js";
import { timelinePane } from "./timeline.js";

const BULK_NODES = 5000;
const BULK_EDGES = 15000;
const NEIGHBOURS = 150;
/** Height of the buttons above the map. */
const TABS = 48;

const $ = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));

async function start() {
  const [block, view, vis] = await Promise.all([unpack($("kg-graph")), unpack($("kg-view")), loadLibrary()]);
  const graph = new Graph(block);
  const bulky = graph.size > BULK_NODES || graph.edgeCount > BULK_EDGES;
  const opening = graph.focus === null ? {} : { sel: graph.id(graph.focus) };
  const state = new State(opening, (choice) => ({
    ...choice,
    sel: graph.find(choice.sel) < 0 ? "" : choice.sel,
    com: choice.com < graph.communities.length ? choice.com : -1,
    view: choice.view === "all" && !bulky ? "map" : choice.view,
  }));
  const palette = new Palette(graph);
  /** @type {any} */
  const app = { graph, state, palette, texts: new TextStore(graph), index: new Index(graph), filtered: applyFilters(graph, state.now) };
  app.say = (/** @type {string} */ text) => ($("status").textContent = text);
  const first = view.nodes.length;
  const scene = { graph, palette, filtered: app.filtered, chosen: [], near: [], lit: [], hover: -1, community: -1,
    communityShown: new Uint8Array(graph.communities.length).fill(1), bundles: [], covered: [], small: 1, overview: 1 };
  app.scene = scene;

  // The stage: the map, the whole map where there is more than fits, and time.
  const stage = $("stage");
  const mapPlace = el("div", { class: "map", tabindex: "0", role: "application", "aria-label": "Map. Arrow keys move it, plus and minus zoom, 0 shows all. The list tab holds the same nodes." });
  const bulkPlace = el("div", { class: "map bulk", tabindex: "0", role: "application", "aria-label": "Whole map. Arrow keys move it, plus and minus zoom, 0 shows all.", hidden: true });
  const timePlace = el("div", { class: "timeline", hidden: true });
  const views = [["map", "Map"], ...(bulky ? [["all", "Whole map"]] : []), ["time", "Timeline"]];
  const tabs = views.map(([key, label]) => el("button", { type: "button", "data-view": key, onclick: () => state.set({ view: /** @type {any} */ (key) }) }, label));
  const note = el("p", { class: "shown" });
  const zooms = el("div", { class: "zooms", role: "group", "aria-label": "Zoom" },
    el("button", { type: "button", "aria-label": "Zoom in", onclick: () => zoom(1.5) }, "+"),
    el("button", { type: "button", "aria-label": "Zoom out", onclick: () => zoom(1 / 1.5) }, "−"),
    el("button", { type: "button", "aria-label": "Show the whole map", onclick: () => app.map().fit() }, "⤢"));
  stage.append(el("div", { class: "tabs", role: "group", "aria-label": "View" }, tabs), mapPlace, bulkPlace, timePlace, note, zooms);

  const events = {
    pick: (/** @type {number} */ node) => state.set({ sel: graph.id(node), com: -1, with: "", to: "" }),
    pickCommunity: (/** @type {number} */ com) => state.set({ com, sel: "", with: "", to: "" }),
    hover: (/** @type {number} */ node) => {
      if (scene.hover === node) return;
      scene.hover = node;
      stage.classList.toggle("over", node >= 0);
      app.map().refresh();
    },
  };

  // Left: legend and list. Right: the card.
  const legendPlace = el("div", { class: "pane", id: "pane-legend" });
  const listPlace = el("div", { class: "pane list", id: "pane-list" });
  const sides = [["legend", "Legend"], ["list", "List"]].map(([key, label]) =>
    el("button", { type: "button", "aria-controls": "pane-" + key, "data-tab": key, onclick: () => state.set({ tab: /** @type {any} */ (key) }) }, label));
  $("left").append(el("div", { class: "tabs", role: "group", "aria-label": "Legend or list" }, sides), legendPlace, listPlace);
  const finder = searchBox(app, app.index, { label: "Search papers and concepts", placeholder: "Search papers and concepts", pick: (node) => {
    state.set({ sel: graph.id(node), com: -1, with: "", to: "" });
  } });
  $("search").append(finder.box);
  const theme = el("button", { type: "button", class: "theme", onclick: () => state.set({ theme: palette.theme === "dark" ? "light" : "dark" }) });
  const filters = el("button", { type: "button", class: "narrow", "aria-expanded": "false", "aria-controls": "left", onclick: () => {
    filters.setAttribute("aria-expanded", String($("left").classList.toggle("open")));
  } }, "Filters");
  $("tools").append(filters, theme, exportMenu(app));
  document.querySelector(".skip")?.addEventListener("click", (e) => {
    e.preventDefault();
    $("left").classList.add("open");
    state.set({ tab: "list" });
    $("rows").focus();
  });

  applyTheme();
  palette.by = state.now.by;
  rebundle();
  const network = new NetworkMap(mapPlace, vis, view, scene, events);
  /** @type {CanvasMap | null} */
  let bulk = null;
  app.map = () => (state.now.view === "all" && bulk ? bulk : network);
  app.picture = () => ({ camera: app.map().camera, grown: growth(app.map().camera.scale, scene) });

  const card = cardPane(app, $("card"));
  const legend = legendPane(app, legendPlace);
  const table = tablePane(app, listPlace);
  const time = timelinePane(app, timePlace);

  function applyTheme() {
    palette.setTheme(themeOf(state.now.theme));
    document.documentElement.dataset.theme = palette.theme;
    theme.textContent = palette.theme === "dark" ? "Light" : "Dark";
    theme.setAttribute("aria-label", palette.theme === "dark" ? "Light theme" : "Dark theme");
  }

  /** Bundles between communities, and which communities have anything to show. */
  function rebundle() {
    const counts = new Map();
    const { filtered } = app;
    for (let e = 0; e < graph.edgeCount; e++) {
      if (!filtered.edges[e]) continue;
      const a = graph.community[graph.from[e]];
      const b = graph.community[graph.to[e]];
      if (a === b || !graph.communities[a].names.length || !graph.communities[b].names.length) continue;
      const key = a < b ? a * 4096 + b : b * 4096 + a;
      counts.set(key, (counts.get(key) || 0) + 1);
    }
    scene.bundles = [...counts].map(([key, count]) => ({ a: Math.floor(key / 4096), b: key % 4096, count }))
      .sort((p, q) => q.count - p.count || p.a - q.a || p.b - q.b).slice(0, 2 * graph.communities.length);
    scene.communityShown.fill(0);
    for (let i = 0; i < graph.size; i++) if (filtered.nodes[i]) scene.communityShown[graph.community[i]] = 1;
  }

  /** What stays bright: the chosen node with its neighbours, a path, or both compared. */
  function choose() {
    const { sel, to } = state.now;
    const node = sel ? graph.find(sel) : -1;
    const target = to ? graph.find(to) : -1;
    const second = state.now.with ? graph.find(state.now.with) : -1;
    scene.community = state.now.com < graph.communities.length ? state.now.com : -1;
    scene.chosen = [];
    scene.near = [];
    scene.lit = [];
    if (node < 0) return;
    const path = target >= 0 ? shortestPath(graph, app.filtered, node, target) : null;
    if (path) {
      scene.chosen = path.nodes;
      scene.lit = path.edges;
      return;
    }
    scene.chosen = [node, ...[target, second].filter((i) => i >= 0)];
    const near = new Map();
    for (const i of second >= 0 ? [node, second] : [node]) {
      for (const e of graph.edgesOf(i)) {
        const other = graph.other(e, i);
        if (!app.filtered.edges[e] || scene.chosen.includes(other)) continue;
        near.set(other, Math.max(near.get(other) || 0, graph.salience[e] + 1));
        scene.lit.push(e);
      }
    }
    scene.near = [...near].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([i]) => i).slice(0, 2 * NEIGHBOURS);
    const bright = new Set([...scene.near, ...scene.chosen]);
    scene.lit = scene.lit.filter((e) => bright.has(graph.from[e]) && bright.has(graph.to[e]));
  }

  /** The nodes that vis draws: what matters among what passes, and the chosen neighbourhood. */
  function live() {
    const out = [];
    const most = all ? graph.size : first;
    for (const i of graph.order) {
      if (out.length >= most) break;
      if (app.filtered.nodes[i]) out.push(i);
    }
    const inside = new Set(out);
    const { com } = state.now;
    const more = com >= 0 ? [...graph.order].filter((i) => graph.community[i] === com && app.filtered.nodes[i]).slice(0, 400) : [];
    for (const i of [...scene.chosen, ...scene.near.slice(0, NEIGHBOURS), ...more]) if (!inside.has(i)) out.push(i) && inside.add(i);
    return out;
  }
  let all = false;

  function showNote() {
    const drawn = state.now.view === "all" ? app.filtered.nodeCount : network.ranked.length;
    note.replaceChildren(drawn < app.filtered.nodeCount ? `${grouped(drawn)} of ${grouped(app.filtered.nodeCount)} nodes` : plural(drawn, "node"));
    if (!bulky && state.now.view === "map" && drawn < app.filtered.nodeCount) {
      note.append(" ", el("button", { type: "button", class: "plain", onclick: () => {
        all = true;
        update(new Set(["hide"]));
      } }, "Show all"));
    } else if (bulky && state.now.view === "map") {
      note.append(" ", el("button", { type: "button", class: "plain", onclick: () => state.set({ view: "all" }) }, "Whole map"));
    }
  }

  function fly() {
    const map = app.map();
    const place = state.now.view === "all" ? bulkPlace : mapPlace;
    // On a phone the card lies over the lower half of the map.
    const over = getComputedStyle($("card")).position === "fixed";
    const covered = over ? Math.max(0, place.getBoundingClientRect().bottom - $("card").getBoundingClientRect().top) : 0;
    const { com } = state.now;
    let box = null;
    if (scene.chosen.length) box = boxAround(graph, [...scene.chosen, ...scene.near.slice(0, 40)]);
    else if (com >= 0) {
      const c = graph.communities[com];
      box = { left: c.x - c.r, right: c.x + c.r, top: c.y - c.r, bottom: c.y + c.r };
    }
    if (!box || !place.clientHeight) return;
    const to = fitBox(box, place.clientWidth, place.clientHeight - covered - TABS, 90, Math.max(1.1, scene.overview * 2));
    to.y += (covered - TABS) / 2 / to.scale;
    map.moveTo(to);
  }

  function showView() {
    const { view } = state.now;
    const whole = view === "all" && bulky;
    mapPlace.hidden = view === "time" || whole;
    bulkPlace.hidden = !whole;
    timePlace.hidden = view !== "time";
    zooms.hidden = note.hidden = view === "time";
    if (whole && !bulk) bulk = new CanvasMap(bulkPlace, scene, events);
    const at = stage.getBoundingClientRect();
    scene.covered = [...stage.querySelectorAll(":scope > .tabs, :scope > .zooms")].map((part) => part.getBoundingClientRect())
      .map((r) => ({ left: r.left - at.left - 6, right: r.right - at.left + 6, top: r.top - at.top - 6, bottom: r.bottom - at.top + 6 }));
    scene.covered.push({ left: 0, right: 260, top: at.height - 40, bottom: at.height });
    for (const tab of tabs) tab.setAttribute("aria-pressed", String(tab.dataset.view === view));
  }

  /** @param {Set<string>} changed */
  function update(changed) {
    const has = (/** @type {string[]} */ ...keys) => keys.some((k) => changed.has(k));
    if (has("theme")) applyTheme();
    palette.by = state.now.by;
    if (has("hide", "off", "years", "conf", "deg")) {
      scene.filtered = app.filtered = applyFilters(graph, state.now);
      rebundle();
      app.say(`${plural(app.filtered.nodeCount, "node")} pass the filters`);
    }
    choose();
    showView();
    if (has("hide", "off", "years", "conf", "deg", "sel", "to", "with", "com")) network.show(live());
    if (has("theme", "by")) network.recolour();
    if (bulk && state.now.view === "all") bulk.refresh();
    if (has("sel", "to", "with", "com") || (has("hide", "off", "years", "conf", "deg") && (state.now.to || state.now.with))) card();
    if (has("sel", "com") && (state.now.sel || state.now.com >= 0)) app.say("Card: " + ($("card").querySelector("h2")?.textContent || ""));
    if (has("theme", "by") && !state.now.sel) card();
    legend();
    showTab();
    table();
    time();
    showNote();
    if (has("sel", "to", "with", "com", "view")) fly();
  }

  function showTab() {
    for (const side of sides) side.setAttribute("aria-pressed", String(side.dataset.tab === state.now.tab));
    legendPlace.hidden = state.now.tab !== "legend";
    listPlace.hidden = state.now.tab !== "list";
    document.body.dataset.tab = state.now.tab;
  }

  /** @param {number} factor */
  function zoom(factor) {
    const map = app.map();
    if (map === bulk) bulk?.zoom(factor);
    else map.moveTo({ ...map.position(), scale: Math.max(scene.overview * 0.4, Math.min(6, map.position().scale * factor)) });
  }

  document.addEventListener("keydown", (event) => {
    const target = /** @type {HTMLElement} */ (event.target);
    const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName) && /** @type {HTMLInputElement} */ (target).type !== "checkbox";
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "/" && !typing) {
      event.preventDefault();
      finder.input.focus();
    } else if (event.key === "Escape" && (state.now.sel || state.now.com >= 0)) state.set({ sel: "", com: -1, with: "", to: "" });
    else if (target.classList.contains("map")) mapKey(event);
  });

  /** @param {KeyboardEvent} event */
  function mapKey(event) {
    const moves = /** @type {Record<string, number[]>} */ ({ ArrowLeft: [-80, 0], ArrowRight: [80, 0], ArrowUp: [0, -80], ArrowDown: [0, 80] });
    const move = moves[event.key];
    const at = app.map().position();
    if (move) app.map().moveTo({ x: at.x + move[0] / at.scale, y: at.y + move[1] / at.scale, scale: at.scale }, false);
    else if (event.key === "+" || event.key === "=") zoom(1.4);
    else if (event.key === "-") zoom(1 / 1.4);
    else if (event.key === "0") app.map().fit();
    else return;
    event.preventDefault();
  }

  state.listen(update);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => update(new Set(["theme"])));
  let width = mapPlace.clientWidth;
  new ResizeObserver(() => {
    if (!mapPlace.clientWidth || Math.abs(mapPlace.clientWidth - width) < 40) return;
    width = mapPlace.clientWidth;
    if (!scene.chosen.length) network.fit(false);
  }).observe(mapPlace);
  showView();
  const opened = state.now.sel || state.now.com >= 0;
  const asked = ["hide", "off", "years", "conf", "deg"].some((k) => String(state.now[k]) !== String(state.defaults[k]));
  if (opened || asked) update(new Set(["sel", "hide"]));
  else {
    card();
    legend();
    showTab();
    table();
    time();
    showNote();
  }
  Object.assign(window, { kg: app });
  performance.mark("kg-ready");
}

start();
