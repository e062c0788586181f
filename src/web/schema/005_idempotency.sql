-- One submission that took effect, so that sending it again answers as the first time. Written in the same transaction as
-- the effect; the answer follows at once after it (status NULL: the program ended in between, the answer is lost).
-- Hashes are keyed: neither the key nor what was sent can be guessed from a copy of the database.
CREATE TABLE idempotency (
  key {bytes} PRIMARY KEY,
  request {bytes} NOT NULL,
  claim {bytes} NOT NULL,
  account {id},
  route {text} NOT NULL,
  expires {int} NOT NULL,
  status {int},
  content_type {text},
  location {text},
  body {bytes},
  flash {text}
) {strict};
CREATE INDEX idempotency_by_expires ON idempotency(expires);
