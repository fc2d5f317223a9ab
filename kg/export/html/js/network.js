// The map on vis-network, from the network that pyvis wrote: nodes that matter, the rest on demand.

import { drawGlyph, drawGround, drawOver } from "./drawing.js";
import { communityAt, fitWhole, growth, smaller } from "./geometry.js";

const STEP = 420;

/** One of two renderers with the same methods; the other is in canvas.js. */
export class NetworkMap {
  /**
   * @param {HTMLElement} place
   * @param {any} vis
   * @param {any} view nodes, edges and options as pyvis wrote them
   * @param {import("./drawing.js").Scene} scene
   * @param {{ pick: (node: number) => void, pickCommunity: (community: number) => void, hover: (node: number) => void }} events
   */
  constructor(place, vis, view, scene, events) {
    this.place = place;
    this.scene = scene;
    this.redraws = 0;
    this.first = view.nodes.length;
    this.edgeIds = new Set();
    const render = (/** @type {any} */ args) => this.#node(args);
    this.render = render;
    this.nodes = new vis.DataSet(view.nodes.map((/** @type {any} */ n) => ({ ...n, ctxRenderer: render })));
    this.edges = new vis.DataSet([]);
    this.live = new Set(view.nodes.map((/** @type {any} */ n) => n.id));
    this.ranked = [...this.live];
    const options = JSON.parse(view.options);
    options.edges.color = { color: scene.palette.surface.line, opacity: 0.28 };
    this.#addEdges(view.edges.map((/** @type {any} */ e) => [e.from, e.to]));
    this.vis = new vis.Network(place, { nodes: this.nodes, edges: this.edges }, options);
    this.canvas = /** @type {HTMLCanvasElement} */ (place.querySelector("canvas"));
    this.canvas.setAttribute("aria-hidden", "true");
    this.#listen(events);
    this.fit(false);
  }

  /** @param {any} events */
  #listen(events) {
    const { vis, scene } = this;
    vis.on("beforeDrawing", (/** @type {CanvasRenderingContext2D} */ ctx) => drawGround(ctx, scene, vis.getScale()));
    vis.on("afterDrawing", (/** @type {CanvasRenderingContext2D} */ ctx) => this.#after(ctx));
    vis.on("click", (/** @type {any} */ event) => {
      const node = event.nodes.length ? event.nodes[0] : -1;
      if (node >= 0) events.pick(node);
      else events.pickCommunity(communityAt(scene.graph, event.pointer.canvas.x, event.pointer.canvas.y));
    });
    vis.on("hoverNode", (/** @type {any} */ event) => events.hover(event.node));
    vis.on("blurNode", () => events.hover(-1));
  }

  /** @param {any} args */
  #node({ ctx, id, x, y }) {
    const r = (this.scene.graph.radius[id] * this.grown) / this.scale;
    return {
      drawNode: () => drawGlyph(ctx, this.scene, id, x, y, r),
      nodeDimensions: { width: 2 * r, height: 2 * r },
    };
  }

  get scale() {
    return this.vis ? this.vis.getScale() : 1;
  }

  get grown() {
    return growth(this.scale, this.scene);
  }

  /** @param {CanvasRenderingContext2D} ctx */
  #after(ctx) {
    const { a, e, f } = ctx.getTransform();
    const ratio = a / this.scale;
    const camera = {
      scale: this.scale, dx: e / ratio, dy: f / ratio,
      width: this.canvas.width / ratio, height: this.canvas.height / ratio,
    };
    this.camera = camera;
    ctx.save();
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    drawOver(ctx, this.scene, camera, this.grown, this.ranked);
    ctx.restore();
    this.redraws++;
    if (this.redraws === 1) performance.mark("kg-first-picture");
  }

  /**
   * Show exactly these nodes.
   * @param {number[]} ranked the more important first
   */
  show(ranked) {
    const { graph } = this.scene;
    const wanted = new Set(ranked);
    const gone = [...this.live].filter((i) => !wanted.has(i));
    const added = ranked.filter((i) => !this.live.has(i));
    this.ranked = ranked;
    if (gone.length) this.nodes.remove(gone);
    if (added.length) this.nodes.add(added.map((i) => ({ id: i, x: graph.x[i], y: graph.y[i], ctxRenderer: this.render })));
    this.live = wanted;
    const pairs = [];
    const { edges } = this.scene.filtered;
    for (const i of ranked) {
      for (const e of graph.edgesOf(i)) {
        if (!edges[e] || graph.from[e] !== i || !wanted.has(graph.to[e])) continue;
        if (graph.community[i] === graph.community[graph.to[e]]) pairs.push([i, graph.to[e]]);
      }
    }
    this.#addEdges(pairs);
    this.refresh();
  }

  /** @param {number[][]} pairs */
  #addEdges(pairs) {
    const ids = new Set(pairs.map(([a, b]) => a + "-" + b));
    const gone = [...this.edgeIds].filter((id) => !ids.has(id));
    const added = [...ids].filter((id) => !this.edgeIds.has(id));
    if (gone.length) this.edges.remove(gone);
    if (added.length) {
      this.edges.add(added.map((id) => ({ id, from: Number(id.split("-")[0]), to: Number(id.split("-")[1]) })));
    }
    this.edgeIds = ids;
    if (this.vis) this.vis.setOptions({ interaction: { hideEdgesOnDrag: ids.size > 2500, hideEdgesOnZoom: ids.size > 2500 } });
  }

  /** Colours have changed. */
  recolour() {
    this.vis.setOptions({ edges: { color: { color: this.scene.palette.surface.line, opacity: 0.28 } } });
    this.refresh();
  }

  refresh() {
    this.vis.redraw();
  }

  /** @param {boolean} [fly] */
  fit(fly = true) {
    const to = fitWhole(this.scene.graph, this.place.clientWidth, this.place.clientHeight);
    this.scene.overview = to.scale;
    this.scene.small = smaller(this.scene.graph, to.scale);
    this.moveTo(to, fly);
  }

  /**
   * @param {{ x: number, y: number, scale: number }} to
   * @param {boolean} [fly]
   */
  moveTo(to, fly = true) {
    const still = !fly || matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.vis.moveTo({
      position: { x: to.x, y: to.y },
      scale: to.scale,
      animation: still ? false : { duration: STEP, easingFunction: "easeInOutCubic" },
    });
  }

  /** Centre and scale. */
  position() {
    const { x, y } = this.vis.getViewPosition();
    return { x, y, scale: this.scale };
  }

  /** Nodes that are drawn, the more important first. */
  shown() {
    return this.ranked;
  }
}
