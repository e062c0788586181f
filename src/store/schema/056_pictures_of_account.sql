-- How many pictures an account added in the last 24 hours is asked at each that it adds.
CREATE INDEX attachment_added ON attachment(added_by, added_at);
