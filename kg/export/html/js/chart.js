// Small charts by year.

import { el, svg } from "./dom.js";

/**
 * Bars by year, with the numbers said for those who do not see them.
 * @param {Map<number, number>} counts
 * @param {number} first
 * @param {number} last
 * @param {{ label: string, second?: Map<number, number>, names?: string[] }} how
 */
export function yearBars(counts, first, last, how) {
  const years = [];
  for (let y = first; y <= last; y++) years.push(y);
  const most = Math.max(1, ...years.map((y) => Math.max(counts.get(y) || 0, how.second?.get(y) || 0)));
  const width = 320;
  const height = 64;
  const step = width / years.length;
  const bar = Math.min(how.second ? 12 : 26, step * (how.second ? 0.38 : 0.72));
  /** @type {SVGElement[]} */
  const shapes = [];
  years.forEach((year, i) => {
    const rows = how.second ? [counts, how.second] : [counts];
    rows.forEach((row, k) => {
      const value = row.get(year) || 0;
      const h = value ? Math.max(2, (value / most) * (height - 14)) : 0;
      const x = step * (i + 0.5) - (bar * rows.length) / 2 + bar * k;
      shapes.push(svg("rect", { x, y: height - h, width: bar - 1, height: h, rx: 1.5, class: k ? "bar second" : "bar" },
        svg("title", {}, `${year}: ${value}`)));
      if (value === most && !how.second) {
        shapes.push(svg("text", { x: x + bar / 2, y: height - h - 4, class: "value" }, String(value)));
      }
    });
  });
  const said = years.filter((y) => counts.get(y) || how.second?.get(y))
    .map((y) => `${y}: ${counts.get(y) || 0}${how.second ? ` and ${how.second.get(y) || 0}` : ""}`).join(", ");
  return el("figure", { class: "chart" },
    svg("svg", { viewBox: `0 0 ${width} ${height + 16}`, role: "img", "aria-label": `${how.label}. ${said}` },
      svg("line", { x1: 0, x2: width, y1: height + 0.5, y2: height + 0.5, class: "axis" }),
      ...shapes,
      svg("text", { x: 0, y: height + 13, class: "year first" }, String(first)),
      last > first && svg("text", { x: width, y: height + 13, class: "year last" }, String(last))));
}
