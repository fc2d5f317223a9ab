-- Abbreviations: how many papers define each, whether all mean the same, whether the lexicon agrees;
-- a misspelt long form means the right one.
SELECT abbreviation, COUNT(*) AS support, COUNT(DISTINCT meaning) AS meanings, MIN(meaning) AS meaning,
  MIN(paper) AS paper,
  CAST(SUM(CASE WHEN meaning = abbreviation_lexicon THEN 1 ELSE 0 END) AS BIGINT) AS agreeing
FROM (
  SELECT d.abbreviation, d.abbreviation_lexicon, d.paper, COALESCE(m.meaning, d.meaning) AS meaning
  FROM found d LEFT JOIN misspelt m ON m.key = d.key
  WHERE d.kind = 'definition'
) said
GROUP BY abbreviation
