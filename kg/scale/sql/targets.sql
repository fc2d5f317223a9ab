-- Joins followed to their end: an abbreviation's long form may itself be an alias of the lexicon.
-- A chain that comes back to where it began, or where it just was, ends there.
WITH one AS (
  SELECT a.key, a.rule, a.note, a.paper, a.target AS before, COALESCE(b.target, a.target) AS target
  FROM joins a LEFT JOIN joins b ON b.key = a.target
), two AS (
  SELECT a.key, a.rule, a.note, a.paper, a.target AS before, COALESCE(b.target, a.target) AS target
  FROM one a LEFT JOIN joins b ON b.key = a.target AND a.target <> a.key AND b.target <> a.before
), three AS (
  SELECT a.key, a.rule, a.note, a.paper, COALESCE(b.target, a.target) AS target
  FROM two a LEFT JOIN joins b ON b.key = a.target AND a.target <> a.key AND b.target <> a.before
)
SELECT key, target, rule, note, paper FROM three
