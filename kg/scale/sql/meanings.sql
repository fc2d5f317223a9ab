-- Abbreviations: how many papers define each, whether all mean the same, whether the lexicon agrees.
SELECT abbreviation, COUNT(*) AS support, COUNT(DISTINCT meaning) AS meanings, MIN(meaning) AS meaning,
  MIN(paper) AS paper,
  CAST(SUM(CASE WHEN meaning = abbreviation_lexicon THEN 1 ELSE 0 END) AS BIGINT) AS agreeing
FROM found WHERE kind = 'definition'
GROUP BY abbreviation
