// Colours: five types, twelve communities, years; each in a light and a dark tone.

/** After Okabe and Ito, darkened or lightened to 3:1 against the page; shapes say the same. */
const TYPES = {
  light: { Paper: "#5d6673", Method: "#1f6fb2", Task: "#c2570c", Dataset: "#0b8a6a", Metric: "#a2478f", Concept: "#8a7414" },
  dark: { Paper: "#a3adba", Method: "#6cb2ee", Task: "#f2955a", Dataset: "#3fc6a0", Metric: "#dc8fcb", Concept: "#dcc55a" },
};

/** After Tol's muted scheme. */
const COMMUNITIES = {
  light: ["#3b6fb0", "#c4612d", "#2c8f75", "#9a4a8c", "#8a7d1c", "#b8435c", "#3a8ca8", "#6f5bb0", "#5f8a3a", "#a86a3c", "#5b6fa8", "#8c5a70"],
  dark: ["#7eb0ec", "#ee9a6b", "#62c9ab", "#d592c6", "#d3c660", "#ee8a9d", "#74c4de", "#b0a0ea", "#a2cc78", "#dba77b", "#9fb0e4", "#cf9cb2"],
};

const YEARS = {
  light: ["#d8c7a0", "#b9ae8f", "#7f9a98", "#4d7fa3", "#275d9e", "#173f85"],
  dark: ["#5a4e38", "#7d7154", "#6f948f", "#68acd0", "#8fcdf5", "#d9f0ff"],
};

const SURFACE = {
  light: { page: "#faf9f6", ink: "#1c2025", quiet: "#5a626d", line: "#8b929c", halo: "#faf9f6", accent: "#1b5fa7", rest: "#8b929c" },
  dark: { page: "#14171b", ink: "#eceae5", quiet: "#a2abb7", line: "#7b8592", halo: "#14171b", accent: "#7eb6f0", rest: "#8a94a1" },
};

export class Palette {
  /**
   * @param {import("./graph.js").Graph} graph
   */
  constructor(graph) {
    this.graph = graph;
    this.by = "community";
    this.setTheme("light");
  }

  /** @param {"light" | "dark"} theme */
  setTheme(theme) {
    this.theme = theme;
    this.surface = SURFACE[theme];
  }

  /** @param {string} type */
  type(type) {
    return /** @type {any} */ (TYPES[this.theme])[type];
  }

  /** @param {number} community */
  community(community) {
    const { communities } = this.graph;
    if (!communities[community].names.length) return this.surface.rest;
    return COMMUNITIES[this.theme][community % 12];
  }

  /** @param {number} year */
  year(year) {
    const scale = YEARS[this.theme];
    if (!year) return this.surface.rest;
    const { firstYear, lastYear } = this.graph;
    const at = lastYear > firstYear ? (year - firstYear) / (lastYear - firstYear) : 1;
    return scale[Math.round(Math.max(0, Math.min(1, at)) * (scale.length - 1))];
  }

  /** @param {number} node */
  node(node) {
    if (this.by === "type") return this.type(this.graph.typeName(node));
    if (this.by === "year") return this.year(this.graph.year[node]);
    return this.community(this.graph.community[node]);
  }
}

/**
 * @param {"auto" | "light" | "dark"} wish
 * @returns {"light" | "dark"}
 */
export function themeOf(wish) {
  if (wish !== "auto") return wish;
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}
