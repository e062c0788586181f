-- The greatest number an id may have had so far, plus a lease: a clock set back cannot repeat an id.
CREATE TABLE id_lease (
  one {int} PRIMARY KEY CHECK (one = 1),
  last {int} NOT NULL
) {strict};
INSERT INTO id_lease(one, last) VALUES (1, 0);
