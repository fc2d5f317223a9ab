-- Repeats, one round: every record takes the smallest block of the records it shares a key with.
-- Run until nothing changes: then a block holds all records that a chain of shared keys connects.
SELECT k.record, MIN(m.block) AS block
FROM records k
JOIN (
  SELECT r.join_key, MIN(b.block) AS block
  FROM records r JOIN blocks b ON b.record = r.record
  WHERE r.join_key IS NOT NULL
  GROUP BY r.join_key
) m ON m.join_key = k.join_key
GROUP BY k.record
