// The whole map on Canvas 2D: while it moves, a picture of it moves; when it rests, it is drawn anew.

import { drawGround, drawOver, glyphPath } from "./drawing.js";
import { communityAt, fitWhole, growth, smaller } from "./geometry.js";

const REST = 120;

export class CanvasMap {
  /**
   * @param {HTMLElement} place
   * @param {import("./drawing.js").Scene} scene
   * @param {{ pick: (node: number) => void, pickCommunity: (community: number) => void, hover: (node: number) => void }} events
   */
  constructor(place, scene, events) {
    this.place = place;
    this.scene = scene;
    this.events = events;
    this.redraws = 0;
    this.canvas = document.createElement("canvas");
    this.canvas.setAttribute("aria-hidden", "true");
    this.buffer = document.createElement("canvas");
    this.painted = { x: 0, y: 0, scale: 1 };
    this.at = { x: 0, y: 0, scale: 1 };
    /** @type {number[]} */
    this.ranked = [];
    place.append(this.canvas);
    this.#listen();
    new ResizeObserver(() => this.#resize()).observe(place);
    this.#resize();
    this.fit();
  }

  #resize() {
    const ratio = devicePixelRatio || 1;
    this.width = this.place.clientWidth;
    this.height = this.place.clientHeight;
    for (const c of [this.canvas, this.buffer]) {
      c.width = Math.max(1, this.width * ratio);
      c.height = Math.max(1, this.height * ratio);
    }
    this.refresh();
  }

  #listen() {
    const { canvas } = this;
    /** @type {Map<number, { x: number, y: number }>} */
    const fingers = new Map();
    let moved = 0;
    canvas.addEventListener("pointerdown", (e) => {
      canvas.setPointerCapture(e.pointerId);
      fingers.set(e.pointerId, { x: e.offsetX, y: e.offsetY });
      moved = 0;
    });
    canvas.addEventListener("pointermove", (e) => {
      const before = fingers.get(e.pointerId);
      if (!before) {
        this.events.hover(this.#nodeAt(e.offsetX, e.offsetY));
        return;
      }
      const spread = apart(fingers);
      const [dx, dy] = [e.offsetX - before.x, e.offsetY - before.y];
      fingers.set(e.pointerId, { x: e.offsetX, y: e.offsetY });
      moved += Math.abs(dx) + Math.abs(dy);
      if (fingers.size === 1) this.#pan(dx, dy);
      else if (spread) this.zoom(apart(fingers) / spread, e.offsetX, e.offsetY);
    });
    const end = (/** @type {PointerEvent} */ e) => {
      if (fingers.delete(e.pointerId) && moved < 5 && e.type === "pointerup") this.#click(e.offsetX, e.offsetY);
    };
    canvas.addEventListener("pointerup", end);
    canvas.addEventListener("pointercancel", end);
    canvas.addEventListener("wheel", (e) => {
      e.preventDefault();
      this.zoom(Math.exp(-e.deltaY * 0.0016), e.offsetX, e.offsetY);
    }, { passive: false });
  }

  /**
   * @param {number} x
   * @param {number} y
   */
  #click(x, y) {
    const node = this.#nodeAt(x, y);
    if (node >= 0) this.events.pick(node);
    else this.events.pickCommunity(communityAt(this.scene.graph, ...this.#world(x, y)));
  }

  /**
   * @param {number} x
   * @param {number} y
   * @returns {[number, number]}
   */
  #world(x, y) {
    const { at } = this;
    return [(x - this.width / 2) / at.scale + at.x, (y - this.height / 2) / at.scale + at.y];
  }

  /**
   * Nearest node within a few pixels, or -1.
   * @param {number} x
   * @param {number} y
   */
  #nodeAt(x, y) {
    const { graph, filtered } = this.scene;
    const [wx, wy] = this.#world(x, y);
    let best = -1;
    let least = (12 / this.at.scale) ** 2;
    for (let i = 0; i < graph.size; i++) {
      if (!filtered.nodes[i]) continue;
      const d = (graph.x[i] - wx) ** 2 + (graph.y[i] - wy) ** 2;
      if (d < least) [best, least] = [i, d];
    }
    return best;
  }

  /**
   * @param {number} dx
   * @param {number} dy
   */
  #pan(dx, dy) {
    this.at = { ...this.at, x: this.at.x - dx / this.at.scale, y: this.at.y - dy / this.at.scale };
    this.#moved();
  }

  /**
   * @param {number} factor
   * @param {number} [x]
   * @param {number} [y]
   */
  zoom(factor, x = this.width / 2, y = this.height / 2) {
    const [wx, wy] = this.#world(x, y);
    const scale = Math.max(this.scene.overview * 0.4, Math.min(6, this.at.scale * factor));
    this.at = { scale, x: wx - (x - this.width / 2) / scale, y: wy - (y - this.height / 2) / scale };
    this.#moved();
  }

  #moved() {
    if (!this.frame) this.frame = requestAnimationFrame(() => this.#slide());
    clearTimeout(this.rest);
    this.rest = setTimeout(() => this.refresh(), REST);
  }

  /** Move the picture that is there. */
  #slide() {
    this.frame = 0;
    const { at, painted, width, height } = this;
    const ratio = devicePixelRatio || 1;
    const ctx = /** @type {CanvasRenderingContext2D} */ (this.canvas.getContext("2d"));
    const zoom = at.scale / painted.scale;
    const dx = (painted.x - at.x) * at.scale + (width / 2) * (1 - zoom);
    const dy = (painted.y - at.y) * at.scale + (height / 2) * (1 - zoom);
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.fillStyle = this.scene.palette.surface.page;
    ctx.fillRect(0, 0, this.canvas.width, this.canvas.height);
    ctx.drawImage(this.buffer, dx * ratio, dy * ratio, this.buffer.width * zoom, this.buffer.height * zoom);
    this.redraws++;
  }

  refresh() {
    if (!this.width || !this.height) return;
    const ratio = devicePixelRatio || 1;
    const { at, width, height, scene } = this;
    const ctx = /** @type {CanvasRenderingContext2D} */ (this.buffer.getContext("2d"));
    const camera = { scale: at.scale, dx: width / 2 - at.x * at.scale, dy: height / 2 - at.y * at.scale, width, height };
    this.camera = camera;
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.fillStyle = scene.palette.surface.page;
    ctx.fillRect(0, 0, this.buffer.width, this.buffer.height);
    ctx.setTransform(ratio * at.scale, 0, 0, ratio * at.scale, ratio * camera.dx, ratio * camera.dy);
    drawGround(ctx, scene, at.scale);
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    const grown = growth(at.scale, scene) * Math.min(1, 45 / Math.sqrt(scene.filtered.nodeCount + 1) + 0.2);
    this.#bulk(ctx, camera, grown);
    drawOver(ctx, scene, camera, grown, this.#onScreen(camera));
    this.painted = { ...at };
    this.#slide();
    if (this.redraws === 1) performance.mark("kg-whole-picture");
  }

  /**
   * Edges inside communities in one stroke, then nodes, one fill for each colour and shape.
   * @param {CanvasRenderingContext2D} ctx
   * @param {import("./geometry.js").Camera} camera
   * @param {number} grown
   */
  #bulk(ctx, camera, grown) {
    const { graph, filtered, palette } = this.scene;
    const { scale, dx, dy, width, height } = camera;
    ctx.strokeStyle = palette.surface.line;
    ctx.globalAlpha = 0.22;
    ctx.lineWidth = 0.6;
    ctx.beginPath();
    for (let e = 0; e < graph.edgeCount; e++) {
      const a = graph.from[e];
      const b = graph.to[e];
      if (!filtered.edges[e] || graph.community[a] !== graph.community[b]) continue;
      const x1 = graph.x[a] * scale + dx;
      const y1 = graph.y[a] * scale + dy;
      const x2 = graph.x[b] * scale + dx;
      const y2 = graph.y[b] * scale + dy;
      if ((x1 < 0 && x2 < 0) || (y1 < 0 && y2 < 0) || (x1 > width && x2 > width) || (y1 > height && y2 > height)) continue;
      ctx.moveTo(x1, y1);
      ctx.lineTo(x2, y2);
    }
    ctx.stroke();
    ctx.globalAlpha = 1;
    /** @type {Map<string, number[]>} */
    const groups = new Map();
    for (let i = 0; i < graph.size; i++) {
      if (!filtered.nodes[i]) continue;
      const x = graph.x[i] * scale + dx;
      const y = graph.y[i] * scale + dy;
      if (x < -20 || y < -20 || x > width + 20 || y > height + 20) continue;
      const key = palette.node(i) + graph.type[i];
      const group = groups.get(key);
      if (group) group.push(i);
      else groups.set(key, [i]);
    }
    for (const [key, group] of groups) {
      const type = graph.type[group[0]];
      const colour = key.slice(0, -1);
      ctx.beginPath();
      for (const i of group) {
        const r = Math.max(0.7, graph.radius[i] * grown);
        const x = graph.x[i] * scale + dx;
        const y = graph.y[i] * scale + dy;
        if (r < 2) ctx.rect(x - r, y - r, 2 * r, 2 * r);
        else glyphPath(ctx, type, x, y, r);
      }
      ctx.fillStyle = colour;
      ctx.fill();
    }
  }

  /** @param {import("./geometry.js").Camera} camera */
  #onScreen(camera) {
    const { graph, filtered } = this.scene;
    const out = [];
    for (const i of graph.order) {
      if (!filtered.nodes[i]) continue;
      const x = graph.x[i] * camera.scale + camera.dx;
      const y = graph.y[i] * camera.scale + camera.dy;
      if (x < 0 || y < 0 || x > camera.width || y > camera.height) continue;
      if (out.push(i) >= 260) break;
    }
    return out;
  }

  /** All nodes are here already. */
  show() {
    this.refresh();
  }

  recolour() {
    this.refresh();
  }

  fit() {
    const to = fitWhole(this.scene.graph, this.width, this.height);
    this.scene.overview = to.scale;
    this.scene.small = smaller(this.scene.graph, to.scale);
    this.moveTo(to);
  }

  /** @param {{ x: number, y: number, scale: number }} to */
  moveTo(to) {
    this.at = { x: to.x, y: to.y, scale: to.scale };
    this.refresh();
  }

  position() {
    return this.at;
  }

  shown() {
    const { graph, filtered } = this.scene;
    return [...graph.order].filter((i) => filtered.nodes[i]);
  }
}

/** @param {Map<number, { x: number, y: number }>} fingers */
function apart(fingers) {
  if (fingers.size < 2) return 0;
  const [a, b] = [...fingers.values()];
  return Math.hypot(a.x - b.x, a.y - b.y);
}
