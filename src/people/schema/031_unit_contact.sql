-- Whom people of a commune call for help (practice P54); each row is covered by the act that set it.
CREATE TABLE unit_contact (
  id {id} PRIMARY KEY,
  unit {id} NOT NULL UNIQUE REFERENCES unit(id),
  phone {text} NOT NULL,           -- of the office; empty: none
  set_by {int} NOT NULL,
  entered {int} NOT NULL
) {strict};
