-- How often each word is written small within sentences, with every group that may write it with a capital.
SELECT DISTINCT f.key, w.word, w.small, w.written
FROM found f
JOIN (
  SELECT word, CAST(SUM(small) AS BIGINT) AS small, CAST(SUM(written) AS BIGINT) AS written
  FROM found WHERE kind = 'word'
  GROUP BY word HAVING SUM(written) > 0
) w ON w.word = f.word
WHERE f.kind = 'word' AND f.small = 0
