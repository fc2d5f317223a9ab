-- The sentences of every stated relation that is kept; one a sentence, the surest.
SELECT head, relation, tail, paper, sentence, confidence, cue
FROM (
  SELECT s.head, s.relation, s.tail, s.paper, s.sentence, s.confidence, s.cue,
    ROW_NUMBER() OVER (
      PARTITION BY s.head, s.relation, s.tail, s.paper, s.sentence
      ORDER BY s.confidence DESC, s.cue NULLS LAST
    ) AS place
  FROM said s
  LEFT JOIN dropped d ON s.relation = 'is_a' AND d.head = s.head AND d.tail = s.tail
  WHERE d.head IS NULL
) ordered
WHERE place = 1
ORDER BY head, relation, tail, paper, sentence
