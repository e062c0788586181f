-- The chain of official acts. Its order is commit order: the head row is taken under a lock by every official write.
CREATE TABLE chain_head (
  id {int} PRIMARY KEY CHECK (id = 1),
  seq {int} NOT NULL,
  hash {bytes} NOT NULL
) {strict};

CREATE TABLE act_key (
  key_id {text} PRIMARY KEY,
  public_key {bytes} NOT NULL,
  from_seq {int} NOT NULL UNIQUE
) {strict};

CREATE TABLE act (
  seq {int} PRIMARY KEY,
  prev {bytes} NOT NULL,
  entered {int} NOT NULL,
  key_id {text} NOT NULL REFERENCES act_key(key_id),
  kind {text} NOT NULL,
  unit {int} NOT NULL,
  actor {int} NOT NULL,
  on_behalf {text} NOT NULL,
  happened {int} NOT NULL,
  subject {text} NOT NULL,
  body {bytes} NOT NULL,
  hash {bytes} NOT NULL,
  signature {bytes} NOT NULL
) {strict};
CREATE INDEX act_subject ON act(subject, seq);
CREATE INDEX act_unit ON act(unit, seq);

-- Which rows an act covers; an index over what the acts' bytes say.
CREATE TABLE act_row (
  table_name {text} NOT NULL,
  row_id {int} NOT NULL,
  seq {int} NOT NULL REFERENCES act(seq),
  PRIMARY KEY (table_name, row_id, seq)
) {strict};
CREATE INDEX act_row_seq ON act_row(seq);

CREATE TABLE daily_head (
  day {text} PRIMARY KEY,
  seq {int} NOT NULL,
  hash {bytes} NOT NULL,
  entered {int} NOT NULL,
  key_id {text} NOT NULL,
  signature {bytes} NOT NULL
) {strict};
