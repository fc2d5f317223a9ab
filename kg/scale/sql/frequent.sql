-- Links to concepts that more than one paper has: the only ones that can occur together twice.
SELECT l.paper, l.concept, c.papers
FROM links l JOIN concepts c ON c.id = l.concept
WHERE c.papers > 1
