// What the reader has chosen: one record, mirrored in the address of the page.

/**
 * @typedef {object} Choice
 * @property {string} sel id of the chosen node
 * @property {string} with id of the node to compare with
 * @property {string} to id of the node to find a path to
 * @property {number} com chosen community, -1 for none
 * @property {"map" | "all" | "time"} view
 * @property {"community" | "type" | "year"} by
 * @property {"legend" | "list"} tab
 * @property {string[]} hide types that are switched off
 * @property {string[]} off roles and relations that are switched off
 * @property {number[]} years first and last year, or empty
 * @property {number} conf least confidence in per cent
 * @property {number} deg least number of links
 * @property {"auto" | "light" | "dark"} theme
 */

/** @type {Choice} */
export const DEFAULTS = {
  sel: "", with: "", to: "", com: -1, view: "map", by: "community", tab: "legend",
  hide: [], off: ["co_occurs_with"], years: [], conf: 0, deg: 0, theme: "auto",
};

const ALLOWED = {
  view: ["map", "all", "time"], by: ["community", "type", "year"],
  tab: ["legend", "list"], theme: ["auto", "light", "dark"],
};

export class State {
  /**
   * @param {Partial<Choice>} start what the page opens with when its address says nothing
   * @param {(choice: Choice) => Choice} mend takes out what the graph does not have
   */
  constructor(start, mend) {
    this.defaults = { ...DEFAULTS, ...start };
    const read = () => mend(readHash(location.hash, this.defaults));
    this.now = read();
    /** @type {((changed: Set<string>) => void)[]} */
    this.listeners = [];
    window.addEventListener("hashchange", () => this.#take(read()));
    window.addEventListener("popstate", () => this.#take(read()));
  }

  /** @param {(changed: Set<string>) => void} listener */
  listen(listener) {
    this.listeners.push(listener);
  }

  /**
   * Change something. A new selection or view is a step that the back button undoes.
   * @param {Partial<Choice>} patch
   */
  set(patch) {
    const steps = ["sel", "with", "to", "com", "view"].some((key) => key in patch);
    const next = { ...this.now, ...patch };
    const hash = writeHash(next, this.defaults);
    try {
      if (steps && hash !== location.hash) history.pushState(null, "", hash || "#");
      else history.replaceState(null, "", hash || "#");
    } catch {
      // Some frames have no address of their own; the page works without one.
    }
    this.#take(next);
  }

  /** Address of this page with a node chosen. @param {string} id */
  addressOf(id) {
    return writeHash({ ...this.now, sel: id, with: "", to: "", com: -1 }, this.defaults) || "#";
  }

  /** @param {Choice} next */
  #take(next) {
    const changed = new Set(
      Object.keys(next).filter((key) => String(/** @type {any} */ (next)[key]) !== String(/** @type {any} */ (this.now)[key])),
    );
    if (!changed.size) return;
    this.now = next;
    for (const listener of this.listeners) listener(changed);
  }
}

/**
 * @param {Choice} choice
 * @param {Choice} defaults
 */
function writeHash(choice, defaults) {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(choice)) {
    if (String(value) !== String(/** @type {any} */ (defaults)[key])) params.set(key, Array.isArray(value) ? value.join(",") : String(value));
  }
  const text = params.toString();
  return text ? "#" + text : "";
}

/**
 * @param {string} hash
 * @param {Choice} defaults
 * @returns {Choice}
 */
function readHash(hash, defaults) {
  const out = /** @type {any} */ ({ ...defaults });
  for (const [key, text] of new URLSearchParams(hash.slice(1))) {
    if (!(key in DEFAULTS)) continue;
    const like = /** @type {any} */ (DEFAULTS)[key];
    if (key === "years") {
      const years = text.split(",").map(Number);
      out.years = years.length === 2 && years.every(Number.isInteger) ? years : [];
    } else if (Array.isArray(like)) out[key] = text ? text.split(",") : [];
    else if (typeof like === "number") out[key] = Number.isFinite(Number(text)) ? Math.round(Number(text)) : like;
    else if (key in ALLOWED) out[key] = /** @type {any} */ (ALLOWED)[key].includes(text) ? text : like;
    else out[key] = text;
  }
  return out;
}
