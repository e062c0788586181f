-- A meeting held on paper and entered afterwards (practice P29, P47).
ALTER TABLE meeting ADD COLUMN on_paper {int} NOT NULL DEFAULT 0;
ALTER TABLE meeting ADD COLUMN called_on {text};
ALTER TABLE meeting ADD COLUMN title {text};
ALTER TABLE meeting ADD COLUMN accepted_by {int};
ALTER TABLE meeting ADD COLUMN accepted_at {int};
ALTER TABLE motion ADD COLUMN wording {text};  -- what was decided, until its decision is made of it
CREATE INDEX meeting_state ON meeting(state, village);

-- A head's correction waits for the agreement of the Front head (practice P28).
CREATE TABLE correction_request (
  id {id} PRIMARY KEY,
  motion {id} NOT NULL REFERENCES motion(id),
  vote_version {int} NOT NULL,           -- of the numbers it would replace
  present {int} NOT NULL,
  yes {int} NOT NULL,
  no {int} NOT NULL,
  other {int} NOT NULL,
  reason {text} NOT NULL,
  paper_reference {text} NOT NULL,
  state {text} NOT NULL,
  asked_by {int} NOT NULL,
  asked_at {int} NOT NULL,
  answered_by {int},
  answered_at {int},
  answer_reason {text},
  version {int} NOT NULL
) {strict};
CREATE INDEX correction_request_motion ON correction_request(motion, id);
CREATE INDEX correction_request_state ON correction_request(state, motion);
ALTER TABLE correction ADD COLUMN entered_by {int};
ALTER TABLE correction ADD COLUMN agreed_by {int};
ALTER TABLE correction ADD COLUMN agreed_on {text};
