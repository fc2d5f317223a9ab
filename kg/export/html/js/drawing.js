// What both renderers draw: discs, bundled links, glyphs, the chosen neighbourhood.

import { drawLabels } from "./labels.js";

/**
 * @typedef {object} Scene
 * @property {import("./graph.js").Graph} graph
 * @property {import("./palette.js").Palette} palette
 * @property {import("./filter.js").Filtered} filtered
 * @property {number[]} chosen nodes in focus: the selected one, or the nodes of a path
 * @property {number[]} near the neighbours that stay bright
 * @property {number[]} lit edges that stay bright
 * @property {number} hover node under the pointer, or -1
 * @property {number} community chosen community, or -1
 * @property {Uint8Array} communityShown
 * @property {{ a: number, b: number, count: number }[]} bundles
 * @property {import("./geometry.js").Box[]} [labelBoxes] where labels were drawn
 * @property {import("./geometry.js").Box[]} covered parts of the map that controls cover
 * @property {number} small how much smaller glyphs are on a small screen
 * @property {number} overview scale at which all is seen
 */

const TURN = Math.PI * 2;

/**
 * Path of a node's shape: papers are rings, methods discs, tasks diamonds, datasets squares,
 * metrics triangles, concepts hexagons.
 * @param {CanvasRenderingContext2D} ctx
 * @param {number} type 0 for papers, then the order of the types
 * @param {number} x
 * @param {number} y
 * @param {number} r
 */
export function glyphPath(ctx, type, x, y, r) {
  if (type <= 1) {
    ctx.moveTo(x + r, y);
    ctx.arc(x, y, r, 0, TURN);
  } else if (type === 2) polygon(ctx, 4, x, y, r * 1.28, 0);
  else if (type === 3) ctx.rect(x - r * 0.88, y - r * 0.88, r * 1.76, r * 1.76);
  else if (type === 4) polygon(ctx, 3, x, y + r * 0.18, r * 1.32, -Math.PI / 2);
  else polygon(ctx, 6, x, y, r * 1.12, 0);
}

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {number} sides
 * @param {number} x
 * @param {number} y
 * @param {number} r
 * @param {number} turn
 */
function polygon(ctx, sides, x, y, r, turn) {
  for (let k = 0; k < sides; k++) {
    const angle = turn + (TURN * k) / sides;
    const px = x + Math.cos(angle) * r;
    const py = y + Math.sin(angle) * r;
    if (k) ctx.lineTo(px, py);
    else ctx.moveTo(px, py);
  }
  ctx.closePath();
}

/**
 * One node.
 * @param {CanvasRenderingContext2D} ctx
 * @param {Scene} scene
 * @param {number} node
 * @param {number} x
 * @param {number} y
 * @param {number} r
 */
export function drawGlyph(ctx, scene, node, x, y, r) {
  const type = scene.graph.type[node];
  const colour = scene.palette.node(node);
  ctx.beginPath();
  glyphPath(ctx, type, x, y, r);
  if (type === 0) {
    ctx.fillStyle = scene.palette.surface.page;
    ctx.fill();
    ctx.strokeStyle = colour;
    ctx.lineWidth = r * 0.45;
    ctx.stroke();
  } else {
    ctx.fillStyle = colour;
    ctx.fill();
  }
}

/**
 * Discs of the communities and the bundled links between them, in world units.
 * @param {CanvasRenderingContext2D} ctx
 * @param {Scene} scene
 * @param {number} scale
 */
export function drawGround(ctx, scene, scale) {
  const { graph, palette, bundles } = scene;
  const dark = palette.theme === "dark";
  const calm = Math.min(1, Math.sqrt(50 / Math.max(1, bundles.length)));
  const most = bundles.length ? bundles[0].count : 1;
  ctx.lineCap = "round";
  ctx.strokeStyle = palette.surface.line;
  for (const { a, b, count } of bundles) {
    const from = graph.communities[a];
    const to = graph.communities[b];
    if (!scene.communityShown[a] || !scene.communityShown[b]) continue;
    const on = scene.community < 0 || scene.community === a || scene.community === b;
    ctx.globalAlpha = (0.1 + 0.26 * Math.sqrt(count / most)) * (on ? 1 : 0.25) * calm;
    ctx.lineWidth = (0.8 + 9 * (count / most) ** 0.6) / Math.max(scale, scene.overview);
    curve(ctx, from, to);
  }
  graph.communities.forEach((c, i) => {
    if (!scene.communityShown[i]) return;
    const colour = palette.by === "community" ? palette.community(i) : palette.surface.line;
    ctx.globalAlpha = 1;
    ctx.fillStyle = palette.surface.page;
    ctx.beginPath();
    ctx.arc(c.x, c.y, c.r, 0, TURN);
    ctx.fill();
    ctx.globalAlpha = (dark ? 0.13 : 0.09) * (scene.community === i ? 1.8 : 1);
    ctx.fillStyle = colour;
    ctx.fill();
    if (scene.community === i) {
      ctx.globalAlpha = 0.8;
      ctx.strokeStyle = colour;
      ctx.lineWidth = 1.5 / scale;
      ctx.stroke();
    }
  });
  ctx.globalAlpha = 1;
}

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {{ x: number, y: number }} from
 * @param {{ x: number, y: number }} to
 */
function curve(ctx, from, to) {
  const bend = 0.14;
  ctx.beginPath();
  ctx.moveTo(from.x, from.y);
  ctx.quadraticCurveTo(
    (from.x + to.x) / 2 - (to.y - from.y) * bend,
    (from.y + to.y) / 2 + (to.x - from.x) * bend,
    to.x,
    to.y,
  );
  ctx.stroke();
}

/**
 * Veil over everything, and above it the chosen nodes with their neighbours; then the labels.
 * The context is in pixels of the screen.
 * @param {CanvasRenderingContext2D} ctx
 * @param {Scene} scene
 * @param {import("./geometry.js").Camera} camera
 * @param {number} growth
 * @param {ArrayLike<number>} ranked nodes on the screen, the more important first
 */
export function drawOver(ctx, scene, camera, growth, ranked) {
  const { graph, palette, chosen, near, lit } = scene;
  const at = (/** @type {number} */ i) => [graph.x[i] * camera.scale + camera.dx, graph.y[i] * camera.scale + camera.dy];
  if (chosen.length) {
    ctx.globalAlpha = 0.82;
    ctx.fillStyle = palette.surface.page;
    ctx.fillRect(0, 0, camera.width, camera.height);
    ctx.globalAlpha = 0.6;
    ctx.lineWidth = 1.2;
    ctx.strokeStyle = palette.surface.line;
    ctx.beginPath();
    for (const e of lit) {
      const [x1, y1] = at(graph.from[e]);
      const [x2, y2] = at(graph.to[e]);
      ctx.moveTo(x1, y1);
      ctx.lineTo(x2, y2);
    }
    ctx.stroke();
    ctx.globalAlpha = 1;
    for (const i of near) {
      const [x, y] = at(i);
      drawGlyph(ctx, scene, i, x, y, Math.max(3, graph.radius[i] * growth));
    }
    for (const i of chosen) {
      const [x, y] = at(i);
      const r = Math.max(5, graph.radius[i] * growth * 1.15);
      ctx.beginPath();
      glyphPath(ctx, graph.type[i], x, y, r + 4);
      ctx.fillStyle = palette.surface.page;
      ctx.fill();
      ctx.strokeStyle = palette.surface.ink;
      ctx.lineWidth = 1.6;
      ctx.stroke();
      drawGlyph(ctx, scene, i, x, y, r);
    }
  }
  const strong = scene.hover >= 0 ? [scene.hover, ...chosen.filter((i) => i !== scene.hover)] : chosen;
  if (scene.hover >= 0) {
    const [x, y] = at(scene.hover);
    drawGlyph(ctx, scene, scene.hover, x, y, Math.max(4, graph.radius[scene.hover] * growth * 1.2));
  }
  const wanted = strong.map((node) => ({ node, strong: true }));
  const rest = chosen.length ? near : ranked;
  const room = camera.scale / scene.overview;
  // Titles are long: at the overview only concepts are named.
  const titles = chosen.length > 0 || room > 2.2;
  for (let k = 0; k < rest.length; k++) {
    // What names its community is not written twice.
    if (!chosen.length && room < 2 && graph.label(rest[k]) === graph.communities[graph.community[rest[k]]].names[0]) continue;
    if (!strong.includes(rest[k]) && (titles || !graph.isPaper(rest[k]))) wanted.push({ node: rest[k], strong: false });
  }
  const limit = chosen.length ? 40 : Math.round(Math.min(48, Math.max(6, camera.width / 40) * Math.max(1, room)));
  scene.labelBoxes = drawLabels(ctx, scene, camera, { wanted, limit, growth, names: !chosen.length });
}
