-- Names that share a key, counted over papers. Weights are thousandths.
SELECT key, MIN(lexicon) AS lexicon, MIN(lexicon_label) AS lexicon_label, MIN(lowered) AS lowered,
  COUNT(*) AS papers, CAST(SUM(proposed) AS BIGINT) AS proposed, CAST(SUM(doubt) AS BIGINT) AS doubt,
  CAST(SUM(method) AS BIGINT) AS method, CAST(SUM(task) AS BIGINT) AS task,
  CAST(SUM(dataset) AS BIGINT) AS dataset, CAST(SUM(metric) AS BIGINT) AS metric,
  CAST(SUM(concept) AS BIGINT) AS concept
FROM (
  SELECT paper, key, MIN(lexicon) AS lexicon, MIN(lexicon_label) AS lexicon_label, MIN(lowered) AS lowered,
    SUM(proposed) AS proposed, MIN(doubt) AS doubt,
    SUM(CASE WHEN type = 'Method' THEN type_weight ELSE 0 END) AS method,
    SUM(CASE WHEN type = 'Task' THEN type_weight ELSE 0 END) AS task,
    SUM(CASE WHEN type = 'Dataset' THEN type_weight ELSE 0 END) AS dataset,
    SUM(CASE WHEN type = 'Metric' THEN type_weight ELSE 0 END) AS metric,
    SUM(CASE WHEN type = 'Concept' THEN type_weight ELSE 0 END) AS concept
  FROM found WHERE kind = 'term'
  GROUP BY paper, key
) one
GROUP BY key
