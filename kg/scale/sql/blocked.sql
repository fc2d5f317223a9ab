-- Records with their block: what is merged and extracted together.
SELECT r.record, b.block, r.json
FROM records r JOIN blocks b ON b.record = r.record
WHERE r.json IS NOT NULL
