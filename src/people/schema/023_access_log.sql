-- Who looked at personal data of a village, and how: kept at least 12 months (practice P115).
CREATE TABLE access_log (
  id {id} PRIMARY KEY,
  at {int} NOT NULL,
  account {id} NOT NULL REFERENCES account(id),
  village {id} NOT NULL REFERENCES unit(id),
  what {text} NOT NULL             -- register, export, list
) {strict};
CREATE INDEX access_log_village ON access_log(village, id);
CREATE INDEX access_log_at ON access_log(at);
