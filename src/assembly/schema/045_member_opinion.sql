-- A member of a household who disagrees with its representative asked to speak (Law 10/2022 art. 24.2): a voice, no
-- vote. His name and what he said stand in assembly_person, whose owner is this row.
CREATE TABLE member_opinion (
  id {id} PRIMARY KEY,
  meeting {id} NOT NULL REFERENCES meeting(id),
  household {id} NOT NULL,
  registered_at {int} NOT NULL,
  struck {int} NOT NULL CHECK (struck IN (0, 1)),  -- entered by mistake, or no longer wishes to speak
  entered_by {int} NOT NULL,
  version {int} NOT NULL
) {strict};
CREATE INDEX member_opinion_meeting ON member_opinion(meeting, id);
