// The map as a drawing: SVG of what is on the screen, PNG with its title and legend.

import { svg } from "./dom.js";
import { drawGlyph } from "./drawing.js";
import { TYPE_WORDS } from "./names.js";

/**
 * Records the calls of a canvas as SVG, so that there is one drawing for both.
 * Only what drawing.js and labels.js use.
 */
export class SvgContext {
  /**
   * @param {number} width
   * @param {number} height
   */
  constructor(width, height) {
    this.root = svg("svg", { xmlns: "http://www.w3.org/2000/svg", viewBox: `0 0 ${width} ${height}`, width, height });
    this.ruler = /** @type {CanvasRenderingContext2D} */ (document.createElement("canvas").getContext("2d"));
    this.globalAlpha = 1;
    this.fillStyle = this.strokeStyle = "#000";
    this.lineWidth = 1;
    this.font = "12px sans-serif";
    this.textAlign = "left";
    this.lineCap = "butt";
    this.path = "";
    this.scale = 1;
    this.dx = this.dy = 0;
  }

  setTransform(/** @type {number} */ a, _b, _c, _d, /** @type {number} */ e, /** @type {number} */ f) {
    [this.scale, this.dx, this.dy] = [a, e, f];
  }

  #at(x, y) {
    return `${(x * this.scale + this.dx).toFixed(1)} ${(y * this.scale + this.dy).toFixed(1)}`;
  }

  beginPath() { this.path = ""; }
  moveTo(x, y) { this.path += "M" + this.#at(x, y); }
  lineTo(x, y) { this.path += "L" + this.#at(x, y); }
  closePath() { this.path += "Z"; }
  quadraticCurveTo(cx, cy, x, y) { this.path += `Q${this.#at(cx, cy)} ${this.#at(x, y)}`; }
  rect(x, y, w, h) { this.path += `M${this.#at(x, y)}L${this.#at(x + w, y)}L${this.#at(x + w, y + h)}L${this.#at(x, y + h)}Z`; }

  arc(x, y, r) {
    const s = (r * this.scale).toFixed(1);
    this.path += `M${this.#at(x + r, y)}A${s} ${s} 0 1 1 ${this.#at(x - r, y)}A${s} ${s} 0 1 1 ${this.#at(x + r, y)}`;
  }

  #add(tag, props, ...children) {
    if (this.globalAlpha < 1) props.opacity = this.globalAlpha.toFixed(2);
    this.root.append(svg(tag, props, ...children));
  }

  fill() { this.#add("path", { d: this.path, fill: this.fillStyle }); }
  stroke() { this.#add("path", { d: this.path, fill: "none", stroke: this.strokeStyle, "stroke-width": (this.lineWidth * this.scale).toFixed(2), "stroke-linecap": this.lineCap }); }
  fillRect(x, y, w, h) { this.#add("rect", { x, y, width: w, height: h, fill: this.fillStyle }); }

  measureText(text) {
    this.ruler.font = this.font;
    return this.ruler.measureText(text);
  }

  #text(text, x, y, props) {
    const [, weight, size, family] = /^(?:(\d+) )?([\d.]+)px (.*)$/.exec(this.font) || [];
    this.#add("text", { x: x.toFixed(1), y: y.toFixed(1), "dominant-baseline": "central", "text-anchor": this.textAlign === "center" ? "middle" : "start",
      "font-size": size, "font-weight": weight, "font-family": family, ...props }, text);
  }

  fillText(text, x, y) { this.#text(text, x, y, { fill: this.fillStyle }); }
  strokeText(text, x, y) { this.#text(text, x, y, { fill: "none", stroke: this.strokeStyle, "stroke-width": this.lineWidth, "stroke-linejoin": "round" }); }
  save() {}
  restore() {}
}

/**
 * Draw a map into any context.
 * @param {any} ctx
 * @param {import("./parts.js").App} app
 * @param {{ ground: Function, over: Function }} draw
 * @param {import("./geometry.js").Camera} camera
 * @param {number} growth
 * @param {number[]} nodes
 * @param {number} ratio pixels of the context for one of the camera
 */
export function drawWhole(ctx, app, draw, camera, growth, nodes, ratio = 1) {
  const { graph, scene, palette, filtered } = app;
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  ctx.fillStyle = palette.surface.page;
  ctx.fillRect(0, 0, camera.width, camera.height);
  ctx.setTransform(ratio * camera.scale, 0, 0, ratio * camera.scale, ratio * camera.dx, ratio * camera.dy);
  draw.ground(ctx, scene, camera.scale);
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  const live = new Set(nodes);
  ctx.globalAlpha = 0.28;
  ctx.strokeStyle = palette.surface.line;
  ctx.lineWidth = 0.7;
  ctx.beginPath();
  for (const i of nodes) {
    for (const e of graph.edgesOf(i)) {
      const j = graph.to[e];
      if (graph.from[e] !== i || !filtered.edges[e] || !live.has(j) || graph.community[i] !== graph.community[j]) continue;
      ctx.moveTo(graph.x[i] * camera.scale + camera.dx, graph.y[i] * camera.scale + camera.dy);
      ctx.lineTo(graph.x[j] * camera.scale + camera.dx, graph.y[j] * camera.scale + camera.dy);
    }
  }
  ctx.stroke();
  ctx.globalAlpha = 1;
  for (const i of nodes) {
    drawGlyph(ctx, scene, i, graph.x[i] * camera.scale + camera.dx, graph.y[i] * camera.scale + camera.dy, graph.radius[i] * growth);
  }
  draw.over(ctx, scene, camera, growth, nodes);
}

/**
 * Title and legend at the foot of a picture.
 * @param {any} ctx in pixels of the picture
 * @param {import("./parts.js").App} app
 * @param {number} width
 * @param {number} top
 */
export function drawFoot(ctx, app, width, top) {
  const { palette, graph, scene } = app;
  const sans = '"Segoe UI", Roboto, "Liberation Sans", Arial, sans-serif';
  ctx.fillStyle = palette.surface.page;
  ctx.fillRect(0, top, width, 64);
  ctx.textAlign = "left";
  ctx.textBaseline = "middle";
  ctx.font = `650 15px ${sans}`;
  ctx.fillStyle = palette.surface.ink;
  ctx.fillText(graph.title, 20, top + 18);
  let x = 20;
  ctx.font = `400 12px ${sans}`;
  graph.types.forEach((type) => {
    const node = graph.types.indexOf(type) === 0 ? (graph.paperCount ? 0 : -1) : graph.type.indexOf(graph.types.indexOf(type));
    if (node < 0) return;
    const by = palette.by;
    palette.by = "type";
    drawGlyph(ctx, scene, node, x + 6, top + 44, 5);
    palette.by = by;
    ctx.fillStyle = palette.surface.quiet;
    const word = TYPE_WORDS[type].many;
    ctx.fillText(word, x + 18, top + 44);
    x += 34 + ctx.measureText(word).width;
  });
}
