-- Relations between concepts: those stated, without the weakest link of each cycle of "is a", and those
-- of occurring together.
SELECT s.head, s.relation, s.tail, s.confidence, s.support
FROM stated s
LEFT JOIN dropped d ON s.relation = 'is_a' AND d.head = s.head AND d.tail = s.tail
WHERE d.head IS NULL
UNION ALL
SELECT head, relation, tail, confidence, support FROM co_occurrences
ORDER BY head, relation, tail
