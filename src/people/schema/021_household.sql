-- The household register of a village: a working list that lives on; what counts at a vote is household_list.
CREATE TABLE household (
  id {id} PRIMARY KEY,
  village {id} NOT NULL REFERENCES unit(id),
  number {int} NOT NULL,           -- house order in the village
  house {text} NOT NULL,
  head {text} NOT NULL,
  beside {text} NOT NULL,          -- what tells equal names apart
  temporary {int} NOT NULL CHECK (temporary IN (0, 1)),
  since {text} NOT NULL,           -- in the register from this day
  origin {text} NOT NULL,          -- why it is in it: register, split, moved_in
  gone {text}                      -- left the register on this day
) {strict};
CREATE INDEX household_village ON household(village, number);

-- Every change of a register, with the reason and the paper behind it; each row is covered by an act.
CREATE TABLE household_change (
  id {id} PRIMARY KEY,
  village {id} NOT NULL REFERENCES unit(id),
  kind {text} NOT NULL,
  household {id} REFERENCES household(id),
  other {id} REFERENCES household(id),  -- the one it is a copy of, was merged into, or split from
  happened {text} NOT NULL,
  lines {int} NOT NULL,            -- households the change concerns; more than one for an import
  paper {text} NOT NULL,
  salt {bytes} NOT NULL,
  actor {int} NOT NULL,
  entered {int} NOT NULL
) {strict};
CREATE INDEX household_change_village ON household_change(village, id);

-- The list of households that decides how many there are: locked, confirmed, frozen, and from then on corrected only
-- by an act (practice P34-P36).
CREATE TABLE household_list (
  id {id} PRIMARY KEY,
  village {id} NOT NULL REFERENCES unit(id),
  state {text} NOT NULL CHECK (state IN ('draft', 'locked', 'confirmed', 'frozen', 'returned')),
  closed_on {text} NOT NULL,
  total {int} NOT NULL,
  first_total {int},               -- the total before the first correction
  locked_by_head {int} NOT NULL,
  locked_by_front {int} NOT NULL,
  front_minutes {text} NOT NULL,   -- the Front committee's minutes where one person holds both posts (P20)
  confirmed_by {int} NOT NULL,
  frozen_for {text} NOT NULL,      -- subject of the notice that froze it
  voting_since {int}
) {strict};
CREATE INDEX household_list_village ON household_list(village, id);

CREATE TABLE household_list_line (
  id {id} PRIMARY KEY,
  list {id} NOT NULL REFERENCES household_list(id),
  household {id} NOT NULL REFERENCES household(id),
  number {int} NOT NULL,
  house {text} NOT NULL,
  head {text} NOT NULL,
  beside {text} NOT NULL,
  temporary {int} NOT NULL CHECK (temporary IN (0, 1)),
  reason {text} NOT NULL,          -- why it counts: register, split, moved_in, correction
  removed {int} NOT NULL CHECK (removed IN (0, 1)),  -- taken out by a correction
  salt {bytes} NOT NULL,
  UNIQUE (list, household)
) {strict};

CREATE TABLE household_list_correction (
  id {id} PRIMARY KEY,
  list {id} NOT NULL REFERENCES household_list(id),
  total_before {int} NOT NULL,
  total_after {int} NOT NULL,
  reason {text} NOT NULL,
  salt {bytes} NOT NULL,
  actor {int} NOT NULL,
  entered {int} NOT NULL
) {strict};
CREATE INDEX household_list_correction_list ON household_list_correction(list, id);
