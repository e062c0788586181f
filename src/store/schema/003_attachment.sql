-- A file somebody added to a subject: a picture of a signed paper. Its bytes lie in files/, named by their
-- hash. Covered by the act that adds it, but for the name its sender gave it, which may be a person's.
CREATE TABLE attachment (
  id {id} PRIMARY KEY,
  sha256 {text} NOT NULL,
  size {int} NOT NULL,
  media_type {text} NOT NULL,
  name {text} NOT NULL,
  subject {text} NOT NULL,               -- "motion/01J…"
  purpose {text} NOT NULL,               -- what the room that keeps it calls it
  added_by {int} NOT NULL,
  added_at {int} NOT NULL
) {strict};
CREATE INDEX attachment_subject ON attachment(subject, id);
