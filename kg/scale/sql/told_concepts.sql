-- What the N-Triples say of concepts: a row a concept, a name and a relation; a row where another concept
-- is a kind of it ("below"). One row for the scheme.
-- SKOS: what stands above or below a concept is not also related to it. Which pairs do would take a walk as
-- long as the hierarchy is deep; a pair where one has something above it and the other something below it
-- may, and counts as if it did.
WITH edges AS (
  SELECT head, tail FROM relations WHERE relation = 'is_a'
), ends AS (
  SELECT concept, MAX(above) AS above, MAX(below) AS below
  FROM (
    SELECT head AS concept, 1 AS above, 0 AS below FROM edges
    UNION ALL
    SELECT tail AS concept, 0 AS above, 1 AS below FROM edges
  ) sides
  GROUP BY concept
)
SELECT '' AS id, 'scheme' AS kind, NULL AS label, NULL AS type, NULL AS papers, NULL AS name, NULL AS relation,
  NULL AS tail, NULL AS connected
UNION ALL
SELECT id, 'concept' AS kind, label, type, papers, NULL, NULL, NULL, NULL FROM concepts
UNION ALL
SELECT concept AS id, 'alias' AS kind, NULL, NULL, NULL, name, NULL, NULL, NULL FROM aliases
UNION ALL
SELECT concept AS id, 'below' AS kind, NULL, NULL, NULL, NULL, NULL, NULL, NULL FROM ends WHERE below = 1
UNION ALL
SELECT r.head AS id, 'relation' AS kind, NULL, NULL, NULL, NULL, r.relation, r.tail,
  CASE WHEN (one.above = 1 AND other.below = 1) OR (other.above = 1 AND one.below = 1) THEN 1 ELSE 0 END
    AS connected
FROM relations r
LEFT JOIN ends one ON r.relation = 'co_occurs_with' AND one.concept = r.head
LEFT JOIN ends other ON r.relation = 'co_occurs_with' AND other.concept = r.tail
