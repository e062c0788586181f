-- A matter that a village's households decide (Law 10/2022 art. 15), from proposal to decision.
CREATE TABLE motion (
  id {id} PRIMARY KEY,
  village {id} NOT NULL REFERENCES unit(id),
  title {text} NOT NULL,
  asked {text} NOT NULL,
  matter {int} NOT NULL CHECK (matter BETWEEN 1 AND 6),
  state {text} NOT NULL,
  previous {id} REFERENCES motion(id),   -- the lost matter it proposes anew
  meeting {id},
  agenda {int} NOT NULL,                 -- place on the meeting's agenda, 0 before it stands there
  basis {text},                          -- contributions: for each household or each person
  money {int},
  goods {text},
  labour_days {int},
  exemptions {text},
  collect_from {text},
  collect_to {text},
  shortfall {text},
  proposed_by {int} NOT NULL,
  proposed_at {int} NOT NULL,
  agreement {text},                      -- how the Front head agreed
  agreed_by {int},
  agreed_on {text},
  reason {text},                         -- why it was reclassified or withdrawn
  version {int} NOT NULL
) {strict};
CREATE INDEX motion_village ON motion(village, id);
CREATE INDEX motion_meeting ON motion(meeting, agenda);
CREATE INDEX motion_previous ON motion(previous);

CREATE TABLE meeting (
  id {id} PRIMARY KEY,
  village {id} NOT NULL REFERENCES unit(id),
  starts {int} NOT NULL,
  place {text} NOT NULL,
  convenor {text} NOT NULL,
  state {text} NOT NULL,
  noticed_at {int},
  channel {text},                        -- one of the channels a notice may take …
  posted_at {text},                      -- … and where it is posted
  documents_sent {text},
  list {id},                             -- the household list the notice froze
  households {int} NOT NULL,             -- its total, 0 before the notice
  opened_at {int},
  present_at_opening {int},
  secretary_yes {int},
  method {text},
  method_yes {int},
  concluded_at {int},
  attended {int},                        -- households that came at any time of the evening
  attendance_hash {text},
  reason {text},                         -- why it was cancelled
  version {int} NOT NULL
) {strict};
CREATE INDEX meeting_village ON meeting(village, starts);

-- One household came. Personal: a representative other than the usual one is named here and in no act.
CREATE TABLE attendance (
  meeting {id} NOT NULL REFERENCES meeting(id),
  household {id} NOT NULL,
  came_at {int} NOT NULL,
  left_at {int},
  other_name {text},
  relation {text},
  entered_by {int} NOT NULL,
  PRIMARY KEY (meeting, household)
) {strict};

CREATE TABLE motion_vote (
  id {id} PRIMARY KEY,
  motion {id} NOT NULL UNIQUE REFERENCES motion(id),
  meeting {id} NOT NULL REFERENCES meeting(id),
  village {id} NOT NULL,
  households {int} NOT NULL,             -- the frozen total
  present {int} NOT NULL,                -- when this vote was taken
  yes {int} NOT NULL,
  no {int} NOT NULL,
  other {int} NOT NULL,
  needed {int} NOT NULL,
  passed {int} NOT NULL CHECK (passed IN (0, 1)),
  voted_at {int} NOT NULL,
  entered_by {int} NOT NULL,
  law_hash {text} NOT NULL,
  version {int} NOT NULL
) {strict};

-- The community's decision on one motion (art. 20-21); made for a lost vote too, whose paper is published.
CREATE TABLE decision (
  id {id} PRIMARY KEY,
  motion {id} NOT NULL UNIQUE REFERENCES motion(id),
  village {id} NOT NULL,
  matter {int} NOT NULL,
  title {text} NOT NULL,
  wording {text} NOT NULL,
  passed {int} NOT NULL CHECK (passed IN (0, 1)),
  state {text} NOT NULL,
  voted_on {text} NOT NULL,
  signed_on {text},
  paper_reference {text},
  paper_hash {text},
  send_due {text},
  sent_on {text},
  received_on {text},
  answer_due {text},
  answered_on {text},
  answer_number {text},
  answer_reason {text},
  effect_from {text},
  version {int} NOT NULL
) {strict};
CREATE INDEX decision_village ON decision(village, state);

CREATE TABLE correction (
  id {id} PRIMARY KEY,
  motion {id} NOT NULL REFERENCES motion(id),
  reason {text} NOT NULL,
  paper_reference {text} NOT NULL,
  corrected_on {text} NOT NULL,
  old_present {int} NOT NULL,
  old_yes {int} NOT NULL,
  old_no {int} NOT NULL,
  old_other {int} NOT NULL,
  old_passed {int} NOT NULL,
  new_present {int} NOT NULL,
  new_yes {int} NOT NULL,
  new_no {int} NOT NULL,
  new_other {int} NOT NULL,
  new_passed {int} NOT NULL
) {strict};
CREATE INDEX correction_motion ON correction(motion, id);

CREATE TABLE execution_report (
  id {id} PRIMARY KEY,
  motion {id} NOT NULL REFERENCES motion(id),
  reported_on {text} NOT NULL,
  done {text} NOT NULL
) {strict};
CREATE INDEX execution_report_motion ON execution_report(motion, id);

-- Every name of a person this room keeps for a paper; acts hold it sealed only.
CREATE TABLE assembly_person (
  id {id} PRIMARY KEY,
  owner {int} NOT NULL,                  -- a motion or a meeting
  part {text} NOT NULL,                  -- chair, contact, secretary, witness_1 …
  name {text} NOT NULL,
  salt {bytes} NOT NULL,
  UNIQUE (owner, part)
) {strict};
