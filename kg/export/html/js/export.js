// The menu of what can be taken away: PNG, SVG, CSV, GEXF, print.

import { el } from "./dom.js";
import { drawGround, drawOver } from "./drawing.js";
import { csv, download, gexf } from "./files.js";
import { drawFoot, drawWhole, SvgContext } from "./svg.js";

const DRAW = { ground: drawGround, over: drawOver };

/** @param {import("./parts.js").App} app */
export function exportMenu(app) {
  const name = () => app.graph.title.replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "").slice(0, 60) || "graph";
  const item = (/** @type {string} */ key, /** @type {string} */ label, /** @type {() => any} */ run) => el("button", {
    type: "button", "data-export": key,
    onclick: async () => {
      menu.removeAttribute("open");
      await run();
    },
  }, label);
  const menu = el("details", { class: "menu" }, el("summary", {}, "Export"),
    el("div", { class: "items" },
      item("png", "Picture (PNG)", async () => download(name() + ".png", await pngOf(app))),
      item("svg", "Drawing (SVG)", () => download(name() + ".svg", new Blob([svgOf(app)], { type: "image/svg+xml" }))),
      item("csv", "Links of the selection (CSV)", async () => download(name() + ".csv", new Blob(["\ufeff" + await csv(app, app.scene.chosen)], { type: "text/csv" }))),
      item("gexf", "Graph for Gephi (GEXF)", () => download(name() + ".gexf", new Blob([gexf(app)], { type: "application/gexf+xml" }))),
      item("print", "Print", () => window.print())));
  menu.addEventListener("keydown", (e) => {
    if (/** @type {KeyboardEvent} */ (e).key !== "Escape") return;
    e.stopPropagation();
    menu.removeAttribute("open");
    /** @type {HTMLElement} */ (menu.firstElementChild).focus();
  });
  document.addEventListener("click", (e) => {
    if (!menu.contains(/** @type {Node} */ (e.target))) menu.removeAttribute("open");
  });
  return menu;
}

/** @param {import("./parts.js").App} app */
function svgOf(app) {
  const { camera, grown } = app.picture();
  const ctx = new SvgContext(camera.width, camera.height + 64);
  drawWhole(ctx, app, DRAW, camera, grown, app.map().shown());
  ctx.setTransform(1, 0, 0, 1, 0, 0);
  drawFoot(ctx, app, camera.width, camera.height);
  return new XMLSerializer().serializeToString(ctx.root);
}

/**
 * @param {import("./parts.js").App} app
 * @returns {Promise<Blob>}
 */
function pngOf(app) {
  const { camera, grown } = app.picture();
  const ratio = 2;
  const canvas = document.createElement("canvas");
  canvas.width = camera.width * ratio;
  canvas.height = (camera.height + 64) * ratio;
  const ctx = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  drawWhole(ctx, app, DRAW, camera, grown, app.map().shown(), ratio);
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  drawFoot(ctx, app, camera.width, camera.height);
  return new Promise((done) => canvas.toBlob((blob) => done(/** @type {Blob} */ (blob)), "image/png"));
}
