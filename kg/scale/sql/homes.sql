-- From the key of a name to its concept, with the concept's number of papers.
SELECT g.key, m.id AS concept, m.papers
FROM groups g
LEFT JOIN targets t ON t.key = g.key
JOIN made m ON m.target = COALESCE(t.target, g.key)
WHERE m.kind = 'concept'
