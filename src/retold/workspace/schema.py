"""The tables of a workspace's file, as scripts that lead from one version to the next. Never edit a script that was released: add one.

`docs/methods/workspace.md` describes every column. Times are ISO 8601 in UTC; offsets are code points into `versions.text`, which
is the only copy of a text; `rows` columns hold Arrow streams of the records in `docs/tables.md`, packed with Zstandard.
"""

VERSION_1 = """
CREATE TABLE articles (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  page TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL DEFAULT '',
  outlet TEXT,
  language TEXT NOT NULL DEFAULT '',
  published TEXT,
  time TEXT NOT NULL,
  current INTEGER NOT NULL DEFAULT 0,
  versions INTEGER NOT NULL DEFAULT 1,
  story TEXT NOT NULL DEFAULT '',
  score REAL NOT NULL DEFAULT 1.0
);
CREATE INDEX articles_by_story ON articles (story, time, id);
CREATE INDEX articles_by_time ON articles (time, id);
CREATE TABLE versions (
  n INTEGER PRIMARY KEY,
  article INTEGER NOT NULL REFERENCES articles (n) ON DELETE CASCADE,
  text TEXT NOT NULL,
  title TEXT NOT NULL,
  outlet TEXT,
  author TEXT,
  published TEXT,
  url TEXT,
  language TEXT,
  place TEXT NOT NULL,
  method TEXT NOT NULL,
  metadata TEXT NOT NULL,
  mark TEXT NOT NULL,
  captured TEXT NOT NULL,
  seen TEXT NOT NULL,
  original INTEGER REFERENCES originals (n)
);
CREATE INDEX versions_by_article ON versions (article, captured);
CREATE INDEX versions_by_original ON versions (original);
CREATE TABLE originals (
  n INTEGER PRIMARY KEY,
  sha256 TEXT NOT NULL UNIQUE,
  file TEXT NOT NULL,
  start INTEGER NOT NULL,
  length INTEGER NOT NULL,
  collected TEXT NOT NULL
);
CREATE TABLE stories (
  id TEXT PRIMARY KEY,
  title TEXT NOT NULL,
  first TEXT NOT NULL,
  last TEXT NOT NULL,
  articles INTEGER NOT NULL,
  outlets TEXT NOT NULL,
  languages TEXT NOT NULL,
  origins INTEGER,
  conflicts INTEGER
) WITHOUT ROWID;
CREATE INDEX stories_by_last ON stories (last, id);
CREATE INDEX stories_by_size ON stories (articles, last, id);
CREATE TABLE story_names (
  old TEXT PRIMARY KEY,
  new TEXT NOT NULL,
  why TEXT NOT NULL,
  made TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE derived (
  article INTEGER NOT NULL REFERENCES articles (n) ON DELETE CASCADE,
  stage TEXT NOT NULL,
  mark TEXT NOT NULL,
  rows BLOB NOT NULL,
  PRIMARY KEY (article, stage)
);
CREATE TABLE profiles (
  article INTEGER PRIMARY KEY REFERENCES articles (n) ON DELETE CASCADE,
  day REAL NOT NULL,
  rows BLOB NOT NULL
);
CREATE INDEX profiles_by_day ON profiles (day);
CREATE TABLE traced (
  story TEXT PRIMARY KEY,
  mark TEXT NOT NULL,
  rows BLOB NOT NULL
);
CREATE TABLE decisions (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  key TEXT NOT NULL,
  made TEXT NOT NULL,
  note TEXT NOT NULL
);
CREATE TABLE cursors (
  place TEXT PRIMARY KEY,
  mark TEXT NOT NULL,
  number INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE feeds (
  url TEXT PRIMARY KEY,
  title TEXT NOT NULL DEFAULT '',
  etag TEXT NOT NULL DEFAULT '',
  modified TEXT NOT NULL DEFAULT '',
  checked TEXT NOT NULL DEFAULT '',
  due TEXT NOT NULL DEFAULT '',
  failed INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE TABLE entries (
  page TEXT PRIMARY KEY,
  url TEXT NOT NULL,
  feed TEXT NOT NULL,
  etag TEXT NOT NULL DEFAULT '',
  modified TEXT NOT NULL DEFAULT '',
  updated TEXT NOT NULL DEFAULT '',
  checked TEXT NOT NULL DEFAULT '',
  due TEXT NOT NULL DEFAULT '',
  visits INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE INDEX entries_by_due ON entries (due) WHERE due <> '';
CREATE TABLE failures (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  place TEXT NOT NULL,
  stage TEXT NOT NULL,
  error TEXT NOT NULL,
  message TEXT NOT NULL,
  time TEXT NOT NULL
);
"""

VERSION_2 = """
DELETE FROM profiles;
CREATE VIRTUAL TABLE words USING fts5(title, body, names, content='', tokenize="unicode61 remove_diacritics 0");
CREATE TABLE vectors (
  article INTEGER PRIMARY KEY REFERENCES articles (n) ON DELETE CASCADE,
  vector BLOB NOT NULL
);
"""

VERSION_3 = """
DELETE FROM traced;
UPDATE stories SET origins = NULL, conflicts = NULL;
CREATE TABLE claims (
  n INTEGER PRIMARY KEY,
  story TEXT NOT NULL REFERENCES traced (story) ON DELETE CASCADE,
  claim TEXT NOT NULL,
  text TEXT NOT NULL,
  article TEXT NOT NULL,
  verdict TEXT NOT NULL,
  origins TEXT NOT NULL,
  attributed TEXT NOT NULL,
  disputed INTEGER NOT NULL,
  articles INTEGER NOT NULL,
  outlets TEXT NOT NULL,
  languages TEXT NOT NULL,
  vector BLOB NOT NULL
);
CREATE INDEX claims_by_story ON claims (story, n);
CREATE VIRTUAL TABLE claim_words USING fts5(body, names, tokenize="unicode61 remove_diacritics 0");
CREATE TRIGGER claims_gone AFTER DELETE ON claims BEGIN
  DELETE FROM claim_words WHERE rowid = old.n;
END;
"""

MIGRATIONS = (VERSION_1, VERSION_2, VERSION_3)
