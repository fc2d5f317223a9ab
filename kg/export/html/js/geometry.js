// Where things are: the camera, boxes around nodes, what lies under the pointer.

/**
 * Screen place = world place × scale + shift.
 * @typedef {{ scale: number, dx: number, dy: number, width: number, height: number }} Camera
 * @typedef {{ left: number, top: number, right: number, bottom: number }} Box
 */

/**
 * Box around nodes, in world units.
 * @param {import("./graph.js").Graph} graph
 * @param {Iterable<number>} nodes
 * @returns {Box}
 */
export function boxAround(graph, nodes) {
  const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  for (const i of nodes) {
    box.left = Math.min(box.left, graph.x[i]);
    box.right = Math.max(box.right, graph.x[i]);
    box.top = Math.min(box.top, graph.y[i]);
    box.bottom = Math.max(box.bottom, graph.y[i]);
  }
  return box;
}

/**
 * Box around all communities, with room for their names.
 * @param {import("./graph.js").Graph} graph
 * @returns {Box}
 */
function wholeBox(graph) {
  const box = { left: -50, top: -50, right: 50, bottom: 50 };
  graph.communities.forEach((c, i) => {
    if (i === 0) Object.assign(box, { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity });
    box.left = Math.min(box.left, c.x - c.r);
    box.right = Math.max(box.right, c.x + c.r);
    box.top = Math.min(box.top, c.y - c.r);
    box.bottom = Math.max(box.bottom, c.y + c.r);
  });
  return box;
}

/**
 * Centre and scale that show a box.
 * @param {Box} box
 * @param {number} width
 * @param {number} height
 * @param {number} margin in pixels
 * @param {number} [most] largest scale
 */
export function fitBox(box, width, height, margin, most = 4) {
  const w = Math.max(1, box.right - box.left);
  const h = Math.max(1, box.bottom - box.top);
  const room = Math.min(margin, width / 6, height / 6);
  const scale = Math.min((width - 2 * room) / w, (height - 2 * room) / h, most);
  return { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2, scale };
}

/**
 * Centre and scale that show the whole map; a narrow screen has no room to give away at its edges.
 * @param {import("./graph.js").Graph} graph
 * @param {number} width
 * @param {number} height
 */
export function fitWhole(graph, width, height) {
  return fitBox(wholeBox(graph), width, height, Math.min(56, width / 14));
}

/**
 * How much larger than at the overview glyphs are drawn: they grow slower than the map.
 * @param {number} scale
 * @param {import("./drawing.js").Scene} scene
 */
export function growth(scale, scene) {
  return scene.small * Math.max(0.55, Math.min(3, (scale / scene.overview) ** 0.42));
}

/**
 * Community whose disc holds a point of the world, or -1.
 * @param {import("./graph.js").Graph} graph
 * @param {number} x
 * @param {number} y
 */
export function communityAt(graph, x, y) {
  return graph.communities.findIndex((c) => c.names.length && (c.x - x) ** 2 + (c.y - y) ** 2 <= c.r ** 2);
}

/**
 * How much smaller glyphs are drawn where the discs are small: on a phone, or where there are many.
 * @param {import("./graph.js").Graph} graph
 * @param {number} overview scale at which the whole map is seen
 */
export function smaller(graph, overview) {
  const named = graph.communities.filter((c) => c.names.length);
  const mean = named.reduce((sum, c) => sum + c.r, 0) / Math.max(1, named.length);
  return named.length ? Math.max(0.45, Math.min(1, (mean * overview) / 44)) : 1;
}
