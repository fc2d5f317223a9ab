-- One round: what stands above that, too. Every round doubles the steps; run until nothing is new.
SELECT concept, above FROM ancestors
UNION
SELECT low.concept, high.above FROM ancestors low JOIN ancestors high ON high.concept = low.above
