-- Concepts.
SELECT id, label, type, papers, confidence, '[]' AS exact_matches, '[]' AS close_matches
FROM made WHERE kind = 'concept'
ORDER BY id
