-- The store: one SQLite file. Column names are those of the tables that large builds write.
CREATE TABLE meta (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;

-- Papers as the graph shows them.
CREATE TABLE papers (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL,
  abstract TEXT NOT NULL,
  date TEXT,
  year INTEGER,
  date_inferred INTEGER NOT NULL,
  authors TEXT NOT NULL,
  author_count INTEGER,
  venue TEXT,
  doi TEXT,
  arxiv TEXT,
  url TEXT,
  identifiers TEXT NOT NULL,
  upvotes INTEGER,
  organisation TEXT,
  keywords TEXT NOT NULL,
  sources TEXT NOT NULL,
  sentences TEXT NOT NULL
);
CREATE INDEX papers_by_year ON papers (year);

-- Records as they were read, before repeats were merged: what exact updates start from.
CREATE TABLE records (
  key TEXT PRIMARY KEY,
  paper TEXT NOT NULL,
  record TEXT NOT NULL
) WITHOUT ROWID;

-- What was found in each paper on its own, by the hash of its texts.
CREATE TABLE extractions (
  text_hash TEXT PRIMARY KEY,
  extraction TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE concepts (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  label TEXT NOT NULL,
  type TEXT NOT NULL,
  papers INTEGER NOT NULL,
  confidence REAL NOT NULL,
  exact_matches TEXT NOT NULL,
  close_matches TEXT NOT NULL
);
CREATE INDEX concepts_by_type ON concepts (type, papers);

CREATE TABLE aliases (
  concept TEXT NOT NULL,
  name TEXT NOT NULL,
  rule TEXT NOT NULL,
  papers INTEGER NOT NULL,
  paper TEXT,
  note TEXT NOT NULL,
  PRIMARY KEY (concept, name)
) WITHOUT ROWID;

-- Every way to ask for a concept: level 0 as written, 1 in any case, 2 normalised.
CREATE TABLE names (
  level INTEGER NOT NULL,
  name TEXT NOT NULL,
  concept TEXT NOT NULL,
  PRIMARY KEY (level, name, concept)
) WITHOUT ROWID;

CREATE TABLE mentions (
  paper TEXT NOT NULL,
  field TEXT NOT NULL,
  start INTEGER NOT NULL,
  end INTEGER NOT NULL,
  type TEXT NOT NULL,
  concept TEXT NOT NULL,
  confidence REAL NOT NULL,
  PRIMARY KEY (paper, field, start, end)
) WITHOUT ROWID;
CREATE INDEX mentions_by_concept ON mentions (concept, paper);

CREATE TABLE links (
  paper TEXT NOT NULL,
  concept TEXT NOT NULL,
  role TEXT NOT NULL,
  confidence REAL NOT NULL,
  salience REAL NOT NULL,
  mentions INTEGER NOT NULL,
  sentence TEXT,
  cue TEXT,
  PRIMARY KEY (paper, concept)
) WITHOUT ROWID;
CREATE INDEX links_by_concept ON links (concept, role);

CREATE TABLE relations (
  head TEXT NOT NULL,
  relation TEXT NOT NULL,
  tail TEXT NOT NULL,
  confidence REAL NOT NULL,
  support INTEGER NOT NULL,
  PRIMARY KEY (head, relation, tail)
) WITHOUT ROWID;
CREATE INDEX relations_by_tail ON relations (tail, relation);

CREATE TABLE statements (
  head TEXT NOT NULL,
  relation TEXT NOT NULL,
  tail TEXT NOT NULL,
  paper TEXT NOT NULL,
  sentence TEXT NOT NULL,
  confidence REAL NOT NULL,
  cue TEXT,
  PRIMARY KEY (head, relation, tail, paper, sentence)
) WITHOUT ROWID;
CREATE INDEX statements_by_paper ON statements (paper);

CREATE VIRTUAL TABLE paper_search USING fts5 (
  title, abstract, content='papers', content_rowid='number', tokenize='porter unicode61 remove_diacritics 2'
);
CREATE VIRTUAL TABLE concept_search USING fts5 (
  label, names, content='', tokenize='porter unicode61 remove_diacritics 2'
);
