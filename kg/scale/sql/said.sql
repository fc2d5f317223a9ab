-- Relations as single sentences state them, between concepts.
SELECT CASE WHEN f.relation = 'compared_with' AND t.concept < h.concept THEN t.concept ELSE h.concept END AS head,
  f.relation,
  CASE WHEN f.relation = 'compared_with' AND t.concept < h.concept THEN h.concept ELSE t.concept END AS tail,
  f.paper, f.sentence, f.confidence, f.cue
FROM found f
JOIN homes h ON h.key = f.head
JOIN homes t ON t.key = f.tail
WHERE f.kind = 'statement' AND h.concept <> t.concept
