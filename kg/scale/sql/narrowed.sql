-- One round of leaving out what is in no cycle: an edge must have one before it and one after it.
SELECT k.head, k.tail, k.confidence, k.support
FROM kinds k
WHERE k.head IN (SELECT tail FROM kinds) AND k.tail IN (SELECT head FROM kinds)
