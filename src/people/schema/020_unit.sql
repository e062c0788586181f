-- Units through time. A code may live on under another name (03646 was Chiềng Lề, is Tô Hiệu), hence one row
-- for each time a unit was what it was.
CREATE TABLE unit (
  id {id} PRIMARY KEY,
  code {text} NOT NULL,            -- of the statistics office; '' for villages
  kind {text} NOT NULL,
  name {text} NOT NULL,
  parent {id} REFERENCES unit(id),
  valid_from {text} NOT NULL,
  valid_to {text},                 -- the first day it is no longer
  latitude_e4 {int},
  longitude_e4 {int},
  area_ha {int},
  population {int},
  sort_key {bytes} NOT NULL,       -- Vietnamese order of name
  search {text} NOT NULL           -- ' ' and the folded kind, name, other spelling and code
) {strict};
CREATE UNIQUE INDEX unit_code ON unit(code, valid_from) WHERE code <> '';
CREATE INDEX unit_parent ON unit(parent, sort_key);

CREATE TABLE unit_succession (
  old {id} NOT NULL REFERENCES unit(id),
  new {id} NOT NULL REFERENCES unit(id),
  note {text} NOT NULL,            -- 'unchanged' where the unit was kept as it was
  PRIMARY KEY (old, new)
) {strict};
CREATE INDEX unit_succession_new ON unit_succession(new);
