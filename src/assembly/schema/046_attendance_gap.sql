-- A household that went and came back: away between the two (practice P8).
CREATE TABLE attendance_gap (
  meeting {id} NOT NULL REFERENCES meeting(id),
  household {id} NOT NULL,
  left_at {int} NOT NULL,
  back_at {int} NOT NULL,
  entered_by {int} NOT NULL,
  PRIMARY KEY (meeting, household, left_at)
) {strict};
CREATE INDEX meeting_list ON meeting(list);
