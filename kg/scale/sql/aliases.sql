-- Every name of every concept, and why it is one.
SELECT id AS concept, name, rule, papers, paper, note
FROM made WHERE kind = 'alias'
ORDER BY concept, name
