-- What each paper does with each of its concepts: the surest of its terms decides. Salience as in
-- kg/concepts/salience.py: title 0.4, repetition 0.25, position 0.15, rarity 0.2.
WITH terms AS (
  SELECT f.paper, h.concept, h.papers AS often, f.role, f.confidence, f.sentence, f.cue, f.mentions, f.in_title,
    f.first_at, f.length,
    ROW_NUMBER() OVER (
      PARTITION BY f.paper, h.concept ORDER BY f.role_confidence DESC, f.role_rank, f.label, f.term
    ) AS place
  FROM found f JOIN homes h ON h.key = f.key
  WHERE f.kind = 'term'
), together AS (
  SELECT paper, concept, CAST(SUM(mentions) AS BIGINT) AS mentions, MAX(in_title) AS in_title,
    MIN(first_at) AS first_at, MAX(length) AS length, MAX(often) AS often
  FROM terms GROUP BY paper, concept
), counted AS (
  SELECT CAST(COUNT(*) AS DOUBLE) AS total FROM papers
)
SELECT b.paper, b.concept, b.role, b.confidence,
  FLOOR(1e3 * LEAST(1e0, GREATEST(0e0,
    4e-1 * t.in_title
    + 25e-2 * LEAST(t.mentions - 1, 4) / 4e0
    + 15e-2 * (1e0 - COALESCE(CAST(t.first_at AS DOUBLE) / t.length, 0e0))
    + 2e-1 * CASE WHEN c.total > 1e0 THEN 1e0 - LN(CAST(t.often AS DOUBLE)) / LN(c.total) ELSE 1e0 END
  )) + 5e-1 + 1e-9) / 1e3 AS salience,
  t.mentions, b.sentence, b.cue
FROM terms b
JOIN together t ON t.paper = b.paper AND t.concept = b.concept
CROSS JOIN counted c
WHERE b.place = 1
ORDER BY paper, concept
