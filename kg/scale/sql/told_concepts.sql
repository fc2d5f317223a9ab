-- What the N-Triples say of concepts: a row a concept, a name and a relation; a row where another concept
-- is a kind of it ("below"). SKOS: what one reaches by "is a" is not also related. One row for the scheme.
SELECT '' AS id, 'scheme' AS kind, NULL AS label, NULL AS type, NULL AS papers, NULL AS name, NULL AS relation,
  NULL AS tail, NULL AS connected
UNION ALL
SELECT id, 'concept' AS kind, label, type, papers, NULL, NULL, NULL, NULL FROM concepts
UNION ALL
SELECT concept AS id, 'alias' AS kind, NULL, NULL, NULL, name, NULL, NULL, NULL FROM aliases
UNION ALL
SELECT DISTINCT tail AS id, 'below' AS kind, NULL, NULL, NULL, NULL, NULL, NULL, NULL
FROM relations WHERE relation = 'is_a'
UNION ALL
SELECT r.head AS id, 'relation' AS kind, NULL, NULL, NULL, NULL, r.relation, r.tail,
  CASE WHEN up.concept IS NULL AND down.concept IS NULL THEN 0 ELSE 1 END AS connected
FROM relations r
LEFT JOIN ancestors up ON r.relation = 'co_occurs_with' AND up.concept = r.head AND up.above = r.tail
LEFT JOIN ancestors down ON r.relation = 'co_occurs_with' AND down.concept = r.tail AND down.above = r.head
