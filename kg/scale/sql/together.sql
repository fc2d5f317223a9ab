-- Pairs of concepts that occur together in two papers or more and oftener than chance: normalised
-- pointwise mutual information (Bouma, 2009) of at least 0.3.
SELECT head, tail, support, LEAST(1e0, FLOOR(1e3 * npmi + 5e-1 + 1e-9) / 1e3) AS confidence
FROM (
  SELECT head, tail, support,
    LN(support * total / (head_papers * tail_papers)) / -LN(support / total) AS npmi
  FROM (
    SELECT a.concept AS head, b.concept AS tail, CAST(COUNT(*) AS DOUBLE) AS support,
      CAST(MIN(a.papers) AS DOUBLE) AS head_papers, CAST(MIN(b.papers) AS DOUBLE) AS tail_papers
    FROM frequent a JOIN frequent b ON a.paper = b.paper AND a.concept < b.concept
    GROUP BY a.concept, b.concept HAVING COUNT(*) >= 2
  ) pairs
  CROSS JOIN (SELECT CAST(COUNT(*) AS DOUBLE) AS total FROM papers) counted
  WHERE support < total
) measured
WHERE npmi >= 3e-1 - 1e-12
