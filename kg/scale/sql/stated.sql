-- Stated relations with their support; the confidence is that of a noisy or over the papers.
SELECT head, relation, tail,
  CASE WHEN MAX(confidence) >= 1e0 THEN 1e0
    ELSE FLOOR(1e3 * (1e0 - EXP(SUM(LN(CASE WHEN confidence >= 1e0 THEN 1e0 ELSE 1e0 - confidence END))))
      + 5e-1 + 1e-9) / 1e3 END AS confidence,
  COUNT(*) AS support
FROM (
  SELECT head, relation, tail, paper, MAX(confidence) AS confidence
  FROM said GROUP BY head, relation, tail, paper
) best
GROUP BY head, relation, tail
