-- Groups that belong to a concept of another key, by the rules of kg/concepts/joining.py: the lexicon
-- (unless less than 8 in 10 definitions agree with it), else an abbreviation that two papers or more
-- define and all alike, else a long form that is another one misspelt, else capitals of a name that is known
-- in mixed case.
SELECT key, target, rule, note, paper
FROM (
  SELECT key, CASE WHEN by_lexicon = 1 THEN lexicon WHEN by_definition = 1 THEN meaning
      ELSE COALESCE(misspelt, mixed) END AS target,
    CASE WHEN by_lexicon = 1 THEN 'lexicon' WHEN by_definition = 1 THEN 'abbreviation'
      WHEN misspelt IS NOT NULL THEN 'spelling' ELSE 'case' END AS rule,
    CASE WHEN by_lexicon = 1 THEN CONCAT('the lexicon calls it ', lexicon_label)
      WHEN by_definition = 1 THEN CONCAT('all ', CAST(support AS STRING), ' papers that define it agree')
      ELSE COALESCE(misspelt_note, '') END AS note,
    CASE WHEN by_lexicon = 1 THEN NULL WHEN by_definition = 1 THEN paper ELSE misspelt_paper END AS paper
  FROM (
    SELECT g.key, g.lexicon, g.lexicon_label, m.meaning, m.support, m.paper, x.key AS mixed,
      w.target AS misspelt, w.note AS misspelt_note, w.paper AS misspelt_paper,
      CASE WHEN g.lexicon IS NOT NULL
        AND (m.support IS NULL OR g.lexicon = g.key OR 10 * m.agreeing >= 8 * m.support)
        THEN 1 ELSE 0 END AS by_lexicon,
      CASE WHEN g.lexicon IS NULL AND m.meanings = 1 AND m.support >= 2 THEN 1 ELSE 0 END AS by_definition
    FROM groups g
    LEFT JOIN meanings m ON m.abbreviation = g.key
    LEFT JOIN misspelt w ON w.key = g.key
    LEFT JOIN (SELECT key FROM spellings GROUP BY key HAVING MAX(mixed) = 1) x ON x.key = g.lowered
  ) rules
) chosen
WHERE target IS NOT NULL AND target <> key
