-- How often each word is written small in abstracts, with every group that has the word.
SELECT DISTINCT f.key, w.word, w.small, w.written
FROM found f
JOIN (
  SELECT word, CAST(SUM(small) AS BIGINT) AS small, CAST(SUM(written) AS BIGINT) AS written
  FROM found WHERE kind = 'word'
  GROUP BY word HAVING SUM(written) > SUM(small)
) w ON w.word = f.word
WHERE f.kind = 'word'
