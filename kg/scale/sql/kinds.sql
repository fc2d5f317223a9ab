-- "is a" between concepts: where a cycle may be.
SELECT head, tail, confidence, support FROM stated WHERE relation = 'is_a'
