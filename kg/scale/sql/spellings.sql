-- How the papers write the names of each group, and in how many of them.
SELECT key, text, COUNT(*) AS papers, CAST(SUM(inside) AS BIGINT) AS inside, MIN(paper) AS paper,
  CAST(SUM(defined) AS BIGINT) AS defined, MAX(mixed) AS mixed
FROM found WHERE kind = 'name'
GROUP BY key, text
