-- Everything counted about one concept, by the key of the concept.
SELECT COALESCE(t.target, g.key) AS target, 'group' AS kind, g.key, g.papers, g.proposed, g.doubt, g.method,
  g.task, g.dataset, g.metric, g.concept, t.rule, t.note, t.paper, CAST(NULL AS STRING) AS text,
  CAST(NULL AS BIGINT) AS inside, CAST(NULL AS BIGINT) AS defined, CAST(NULL AS STRING) AS word,
  CAST(NULL AS BIGINT) AS small, CAST(NULL AS BIGINT) AS written
FROM groups g LEFT JOIN targets t ON t.key = g.key
UNION ALL
SELECT COALESCE(t.target, s.key), 'name', s.key, s.papers, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
  s.paper, s.text, s.inside, s.defined, NULL, NULL, NULL
FROM spellings s LEFT JOIN targets t ON t.key = s.key
UNION ALL
SELECT COALESCE(t.target, w.key), 'word', w.key, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
  NULL, NULL, NULL, w.word, w.small, w.written
FROM words w LEFT JOIN targets t ON t.key = w.key
