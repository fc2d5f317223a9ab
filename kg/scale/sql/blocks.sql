-- Repeats, first step: the smallest block number among the keys of each record.
SELECT record, MIN(block) AS block FROM records WHERE join_key IS NOT NULL GROUP BY record
