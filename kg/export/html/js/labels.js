// Labels that do not overlap, at the same size on the screen at every zoom.

import { shorten } from "./dom.js";

/**
 * @typedef {{ node: number, strong?: boolean }} Wanted
 * @typedef {{ left: number, top: number, right: number, bottom: number }} Box
 */

const SANS = '"Inter", "Segoe UI", Roboto, "Helvetica Neue", "Liberation Sans", Arial, sans-serif';

/** @type {Map<string, number>} */
const WIDTHS = new Map();

/**
 * Width of a text in the context's font, measured once.
 * @param {CanvasRenderingContext2D} ctx
 * @param {string} text
 */
function widthOf(ctx, text) {
  const key = ctx.font + text;
  let width = WIDTHS.get(key);
  if (width === undefined) {
    if (WIDTHS.size > 20000) WIDTHS.clear();
    WIDTHS.set(key, (width = ctx.measureText(text).width));
  }
  return width;
}

/** Boxes that are taken, found by the cells they touch. */
class Taken {
  constructor() {
    /** @type {Map<string, Box[]>} */
    this.cells = new Map();
  }

  /** @param {Box} box @returns {string[]} */
  #cells(box) {
    const out = [];
    for (let i = Math.floor(box.left / 80); i <= Math.floor(box.right / 80); i++) {
      for (let j = Math.floor(box.top / 40); j <= Math.floor(box.bottom / 40); j++) out.push(i + ":" + j);
    }
    return out;
  }

  /** @param {Box} box */
  free(box) {
    return this.#cells(box).every((cell) =>
      (this.cells.get(cell) || []).every(
        (o) => o.right <= box.left || o.left >= box.right || o.bottom <= box.top || o.top >= box.bottom,
      ),
    );
  }

  /** @param {Box} box */
  add(box) {
    for (const cell of this.#cells(box)) {
      const list = this.cells.get(cell);
      if (list) list.push(box);
      else this.cells.set(cell, [box]);
    }
  }
}

/**
 * Draw names of communities and labels of nodes, the more important first, where there is room.
 * The context is in pixels of the screen.
 * @param {CanvasRenderingContext2D} ctx
 * @param {import("./drawing.js").Scene} scene
 * @param {import("./geometry.js").Camera} camera
 * @param {{ wanted: Wanted[], limit: number, growth: number, names: boolean }} how
 * @returns {Box[]} the boxes that were used
 */
export function drawLabels(ctx, scene, camera, how) {
  const taken = new Taken();
  /** @type {Box[]} */
  const used = [];
  const claim = (/** @type {Box} */ box) => {
    if (!taken.free(box)) return false;
    taken.add(box);
    used.push(box);
    return true;
  };
  for (const box of scene.covered) taken.add(box);
  // Labels keep off the glyphs that the reader is looking at.
  for (const i of [...scene.chosen, ...scene.near]) {
    const [x, y] = [scene.graph.x[i] * camera.scale + camera.dx, scene.graph.y[i] * camera.scale + camera.dy];
    const r = Math.max(3, scene.graph.radius[i] * how.growth);
    if (x > 0 && y > 0 && x < camera.width && y < camera.height) taken.add({ left: x - r, right: x + r, top: y - r, bottom: y + r });
  }
  ctx.textBaseline = "middle";
  ctx.lineJoin = "round";
  const inside = (/** @type {Box} */ b) => b.left > 2 && b.right < camera.width - 2 && b.top > 2 && b.bottom < camera.height - 2;
  for (const { node } of how.wanted.filter((w) => w.strong)) {
    if (nodeLabel(ctx, scene, camera, node, true, how.growth, inside, claim)) continue;
    // What is chosen has its name, even where a neighbour stands.
    nodeLabel(ctx, scene, camera, node, true, how.growth, inside, (box) => {
      taken.add(box);
      return Boolean(used.push(box));
    });
  }
  if (how.names) communityNames(ctx, scene, camera, claim);
  let left = how.limit;
  for (const { node, strong } of how.wanted) {
    if (left <= 0) break;
    if (!strong && nodeLabel(ctx, scene, camera, node, false, how.growth, inside, claim)) left--;
  }
  return used;
}

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {import("./drawing.js").Scene} scene
 * @param {import("./geometry.js").Camera} camera
 * @param {(box: Box) => boolean} claim
 */
function communityNames(ctx, scene, camera, claim) {
  const { graph, palette } = scene;
  ctx.textAlign = "center";
  graph.communities.forEach((c, i) => {
    const x = c.x * camera.scale + camera.dx;
    const r = c.r * camera.scale;
    if (!c.names.length || r < 14 || !scene.communityShown[i]) return;
    const lines = r > 95 ? c.names : c.names.slice(0, r > 34 ? 2 : 1);
    const size = r > 60 ? 13 : 12;
    const height = size + 3;
    // Above the disc; for a disc that leaves the screen at the top, at the top of the screen.
    const above = c.y * camera.scale + camera.dy - r - 5;
    const bottom = c.y * camera.scale + camera.dy + r;
    if (bottom < 40 || above > camera.height) return;
    for (let count = lines.length; count >= 1; count--) {
      const shown = lines.slice(0, count).map((t) => shorten(t, 30));
      const top = Math.max(above - count * height, 8);
      const widths = shown.map((t, k) => {
        ctx.font = `${k ? 400 : 650} ${k ? size - 1 : size}px ${SANS}`;
        return widthOf(ctx, t);
      });
      const half = Math.max(...widths) / 2 + 4;
      const middle = Math.max(half + 4, Math.min(camera.width - half - 4, x));
      if (Math.abs(middle - x) > r + half) return;
      if (!claim({ left: middle - half, right: middle + half, top: top - 2, bottom: top + count * height + 2 })) continue;
      shown.forEach((text, k) => {
        ctx.font = `${k ? 400 : 650} ${k ? size - 1 : size}px ${SANS}`;
        ctx.strokeStyle = palette.surface.halo;
        ctx.lineWidth = 4;
        ctx.fillStyle = k ? palette.surface.quiet : palette.surface.ink;
        const y = top + k * height + height / 2;
        ctx.strokeText(text, middle, y);
        ctx.fillText(text, middle, y);
      });
      return;
    }
  });
}

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {import("./drawing.js").Scene} scene
 * @param {import("./geometry.js").Camera} camera
 * @param {number} node
 * @param {boolean} strong
 * @param {number} growth
 * @param {(box: Box) => boolean} inside
 * @param {(box: Box) => boolean} claim
 */
function nodeLabel(ctx, scene, camera, node, strong, growth, inside, claim) {
  const { graph, palette } = scene;
  const x = graph.x[node] * camera.scale + camera.dx;
  const y = graph.y[node] * camera.scale + camera.dy;
  if (x < -20 || y < -20 || x > camera.width + 20 || y > camera.height + 20) return false;
  const size = strong ? 13 : 11.5;
  ctx.font = `${strong ? 650 : 400} ${size}px ${SANS}`;
  const text = shorten(graph.label(node), strong ? 60 : graph.isPaper(node) ? 34 : 30);
  const width = widthOf(ctx, text);
  const gap = graph.radius[node] * growth + (strong ? 10 : 4);
  const half = size * 0.62;
  const places = [
    { left: x + gap, y, align: "left" },
    { left: x - gap - width, y, align: "left" },
    { left: x - width / 2, y: y + gap + half, align: "left" },
    { left: x - width / 2, y: y - gap - half, align: "left" },
  ];
  for (const place of places) {
    const box = { left: place.left - 2, right: place.left + width + 2, top: place.y - half - 1, bottom: place.y + half + 1 };
    if (!inside(box) || !claim(box)) continue;
    ctx.textAlign = "left";
    ctx.strokeStyle = palette.surface.halo;
    ctx.lineWidth = strong ? 4 : 3;
    ctx.fillStyle = palette.surface.ink;
    ctx.strokeText(text, place.left, place.y);
    ctx.fillText(text, place.left, place.y);
    return true;
  }
  return false;
}
