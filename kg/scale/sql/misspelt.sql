-- Long forms of one abbreviation that differ by one letter, as kg/concepts/joining.py has it: the rare one
-- (a third as many papers, or no more where the lexicon means the other one) is the frequent one
-- misspelt. Distances are of plain letters only,
-- and nothing joins a name that is itself misspelt.
WITH long_forms AS (
  SELECT abbreviation, key, MIN(meaning) AS meaning, COUNT(*) AS papers, MIN(paper) AS paper,
    MIN(abbreviation_lexicon) AS lexicon
  FROM found WHERE kind = 'definition'
  GROUP BY abbreviation, key
), near AS (
  SELECT rare.key, often.key AS target, often.meaning, rare.paper,
    CONCAT('one letter from ', often.key, ', which ', CAST(often.papers AS STRING), ' papers call ',
      rare.abbreviation) AS note,
    ROW_NUMBER() OVER (PARTITION BY rare.key ORDER BY often.papers DESC, often.key, rare.abbreviation) AS place
  FROM long_forms rare
  JOIN long_forms often ON often.abbreviation = rare.abbreviation
  WHERE (often.papers >= 3 * rare.papers
      OR (often.papers >= rare.papers AND often.meaning = often.lexicon AND rare.meaning <> often.lexicon))
    AND LENGTH(rare.key) >= 12
    AND REGEXP_REPLACE(rare.key, '[^ -/:-~]', '') = rare.key
    AND REGEXP_REPLACE(often.key, '[^ -/:-~]', '') = often.key
    AND LEVENSHTEIN(rare.key, often.key) = 1
)
SELECT key, target, meaning, note, paper FROM near
WHERE place = 1 AND target NOT IN (SELECT key FROM near)
