// The words that the reader sees for types, roles and relations.

/** @type {Record<string, { one: string, many: string }>} */
export const TYPE_WORDS = {
  Paper: { one: "Paper", many: "Papers" },
  Method: { one: "Method", many: "Methods" },
  Task: { one: "Task", many: "Tasks" },
  Dataset: { one: "Dataset", many: "Datasets" },
  Metric: { one: "Metric", many: "Metrics" },
  Concept: { one: "Concept", many: "Concepts" },
};

/**
 * For each role: what the paper does, and what the papers of a concept do.
 * @type {Record<string, { paper: string, concept: string }>}
 */
export const ROLE_WORDS = {
  proposes: { paper: "Proposes", concept: "Proposed by" },
  uses: { paper: "Uses", concept: "Used by" },
  addresses: { paper: "Addresses", concept: "Addressed by" },
  evaluates_on: { paper: "Evaluates on", concept: "Evaluated on by" },
  measures: { paper: "Measures", concept: "Measured by" },
  compares_with: { paper: "Compares with", concept: "Compared with by" },
  studies: { paper: "Studies", concept: "Studied by" },
  mentions: { paper: "Mentions", concept: "Mentioned by" },
};

/**
 * For each relation: read from its head, and from its tail.
 * @type {Record<string, { head: string, tail: string }>}
 */
export const KIND_WORDS = {
  used_for: { head: "Used for", tail: "Served by" },
  part_of: { head: "Part of", tail: "Has parts" },
  is_a: { head: "Is a kind of", tail: "Has kinds" },
  compared_with: { head: "Compared with", tail: "Compared with" },
  evaluated_on: { head: "Evaluated on", tail: "Used to evaluate" },
  evaluated_by: { head: "Measured by", tail: "Measures" },
  co_occurs_with: { head: "Occurs together with", tail: "Occurs together with" },
};

/** @param {string} key */
export function kindLabel(key) {
  if (ROLE_WORDS[key]) return ROLE_WORDS[key].paper;
  return KIND_WORDS[key] ? KIND_WORDS[key].head : key;
}
