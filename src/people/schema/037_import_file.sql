-- A list that was sent to be imported and waits to be looked at and confirmed: gone once it is imported, put away, or a
-- day old. Nothing of it is official.
CREATE TABLE import_file (
  id {id} PRIMARY KEY,
  account {id} NOT NULL REFERENCES account(id),
  unit {id} NOT NULL REFERENCES unit(id),
  kind {text} NOT NULL,
  name {text} NOT NULL,            -- as the sender's device calls it
  lettering {text},                -- chosen by the sender; NULL: as it seems
  happened {text} NOT NULL,
  paper {text} NOT NULL,
  bytes {bytes} NOT NULL,
  made {int} NOT NULL
) {strict};
CREATE INDEX import_file_account ON import_file(account);
