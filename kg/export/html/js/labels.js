// Labels that do not overlap, at the same size on the screen at every zoom.

import { shorten } from "./dom.js";

/**
 * @typedef {{ node: number, strong?: boolean }} Wanted
 * @typedef {{ left: number, top: number, right: number, bottom: number, community?: number }} Box
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
  const discs = how.names ? discsOf(scene, camera) : [];
  communityNames(ctx, scene, camera, discs, claim);
  let left = how.limit;
  for (const { node, strong } of how.wanted) {
    if (left <= 0) break;
    if (strong) continue;
    const own = scene.graph.community[node];
    // A small disc has its community's name, and no room for more.
    if (discs.some((d) => d.community === own && d.r < 44)) continue;
    const clear = (/** @type {Box} */ box) => inside(box) && !onAnother(box, discs, own);
    if (nodeLabel(ctx, scene, camera, node, false, how.growth, clear, claim)) left--;
  }
  return used;
}

/**
 * Discs of the communities on the screen, in its pixels.
 * @typedef {{ x: number, y: number, r: number, community: number }} Disc
 * @param {import("./drawing.js").Scene} scene
 * @param {import("./geometry.js").Camera} camera
 */
function discsOf(scene, camera) {
  /** @type {Disc[]} */
  const discs = [];
  scene.graph.communities.forEach((c, community) => {
    const [x, y, r] = [c.x * camera.scale + camera.dx, c.y * camera.scale + camera.dy, c.r * camera.scale];
    if (!scene.communityShown[community] || x + r < 0 || y + r < 0 || x - r > camera.width || y - r > camera.height) return;
    discs.push({ x, y, r, community });
  });
  return discs;
}

/**
 * Ways to write a name, the better first: all its parts, the first ones, the first with its words in lines, or cut.
 * @param {string[]} parts
 * @returns {{ text: string, strong: boolean }[][]}
 */
function waysToWrite(parts) {
  const ways = parts.map((_, k) => parts.slice(0, parts.length - k).map((t, line) => ({ text: shorten(t, 30), strong: !line })));
  const words = parts[0].split(" ");
  if (words.length > 1 && parts[0].length <= 36) {
    const half = Math.ceil(words.length / 2);
    ways.push([words.slice(0, half), words.slice(half)].map((w) => ({ text: w.join(" "), strong: true })));
    if (words.length === 3) ways.push(words.map((text) => ({ text, strong: true })));
  }
  ways.push([{ text: shorten(parts[0], 14), strong: true }]);
  return ways;
}

/**
 * Names of communities, the larger first: above the disc or below it, else on it; never on a neighbour's disc.
 * What finds no room waits for a closer look.
 * @param {CanvasRenderingContext2D} ctx
 * @param {import("./drawing.js").Scene} scene
 * @param {import("./geometry.js").Camera} camera
 * @param {Disc[]} discs
 * @param {(box: Box) => boolean} claim
 */
function communityNames(ctx, scene, camera, discs, claim) {
  const { graph, palette } = scene;
  ctx.textAlign = "center";
  for (const disc of discs) {
    const { names } = graph.communities[disc.community];
    const { x, y, r } = disc;
    if (!names.length || r < 14 || y + r < 40) continue;
    const size = r > 60 ? 13 : r > 34 ? 12 : 11;
    const height = size + 3;
    const ways = waysToWrite(r > 95 ? names : names.slice(0, r > 34 ? 2 : 1)).map((lines) => ({
      lines,
      half: Math.max(...lines.map(({ text, strong }) => widthOf(nameFont(ctx, size, strong), text))) / 2 + 4,
      tall: lines.length * height,
    }));
    const place = () => {
      for (const beside of [true, false]) {
        for (const { lines, half, tall } of ways) {
          // At the edge of the screen, along it; for a disc that leaves the screen at the top, at the top.
          const middle = Math.max(half + 4, Math.min(camera.width - half - 4, x));
          if (Math.abs(middle - x) > r + half || (!beside && tall > 2 * r)) continue;
          for (const top of beside ? [Math.max(y - r - 5 - tall, 8), y + r + 4] : [y - tall / 2]) {
            const box = { left: middle - half, right: middle + half, top: top - 2, bottom: top + tall + 2, community: disc.community };
            if (box.bottom > camera.height - 2 || onAnother(box, discs, disc.community)) continue;
            if (claim(box)) return { lines, middle, top };
          }
        }
      }
      return null;
    };
    const placed = place();
    placed?.lines.forEach(({ text, strong }, k) => {
      nameFont(ctx, size, strong);
      ctx.strokeStyle = palette.surface.halo;
      ctx.lineWidth = 4;
      ctx.fillStyle = strong ? palette.surface.ink : palette.surface.quiet;
      const middle = placed.top + k * height + height / 2;
      ctx.strokeText(text, placed.middle, middle);
      ctx.fillText(text, placed.middle, middle);
    });
  }
}

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {number} size
 * @param {boolean} strong
 */
function nameFont(ctx, size, strong) {
  ctx.font = `${strong ? 650 : 400} ${strong ? size : size - 1}px ${SANS}`;
  return ctx;
}

/**
 * Whether a box lies on the disc of another community; a rim may be touched.
 * @param {Box} box
 * @param {Disc[]} discs
 * @param {number} own
 */
function onAnother(box, discs, own) {
  return discs.some(({ x, y, r, community }) => {
    if (community === own) return false;
    const dx = x - Math.max(box.left, Math.min(box.right, x));
    const dy = y - Math.max(box.top, Math.min(box.bottom, y));
    return Math.hypot(dx, dy) < r - Math.min(4, r * 0.2);
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
    const box = { left: place.left - 2, right: place.left + width + 2, top: place.y - half - 1, bottom: place.y + half + 1, community: graph.community[node] };
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
