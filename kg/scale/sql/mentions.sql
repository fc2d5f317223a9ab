-- Places that name a concept.
SELECT f.paper, f.field, f.start, f."end", f.type, h.concept, f.confidence
FROM found f JOIN homes h ON h.key = f.key
WHERE f.kind = 'mention'
ORDER BY paper, field DESC, start
