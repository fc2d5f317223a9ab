-- What stands above each concept: at first one step of "is a".
SELECT head AS concept, tail AS above FROM relations WHERE relation = 'is_a'
