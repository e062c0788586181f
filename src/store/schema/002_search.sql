-- What can be searched for. `doc` grows with the time of change, so that the newest are found without sorting.
-- `folded` and `marked` are title and body as fold() and fold_keeping_marks() make them: ranking reads hundreds of them.
-- `terms` are the words the index knows: folded, with their marks where they have any, "^" before those of the title,
-- "=" before the kind and each unit.
CREATE TABLE search_text (
  doc {int} PRIMARY KEY,
  kind {text} NOT NULL,
  id {int} NOT NULL,
  title {text} NOT NULL,
  body {text} NOT NULL,
  folded {text} NOT NULL,
  marked {text} NOT NULL,
  terms {text} NOT NULL,
  changed {int} NOT NULL,
  UNIQUE (kind, id)
) {strict};

-- only: sqlite
CREATE VIRTUAL TABLE search_index USING fts5(
  terms, content='search_text', content_rowid='doc', detail='none', prefix='2 3',
  tokenize="unicode61 remove_diacritics 0 tokenchars '=^'");
-- end

-- only: postgresql
ALTER TABLE search_text ADD COLUMN words tsvector
  GENERATED ALWAYS AS (array_to_tsvector(string_to_array(terms, ' '))) STORED;
CREATE INDEX search_text_words ON search_text USING gin (words);
-- end
