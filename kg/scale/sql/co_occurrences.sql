-- A pair stays where it is among the ten strongest of both its concepts.
SELECT head, 'co_occurs_with' AS relation, tail, MIN(confidence) AS confidence,
  CAST(MIN(support) AS BIGINT) AS support
FROM (
  SELECT head, tail, confidence, support,
    ROW_NUMBER() OVER (PARTITION BY concept ORDER BY confidence DESC, support DESC, head, tail) AS place
  FROM (
    SELECT head AS concept, head, tail, confidence, support FROM together
    UNION ALL
    SELECT tail AS concept, head, tail, confidence, support FROM together
  ) sides
) ranked
GROUP BY head, tail HAVING MAX(place) <= 10
