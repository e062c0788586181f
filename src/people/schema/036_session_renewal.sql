-- A session's token is renewed in use: the one to follow until it is first used, and the one before, which
-- serves what was under way for a moment.
ALTER TABLE session ADD COLUMN next_hash {bytes};
ALTER TABLE session ADD COLUMN old_hash {bytes};
ALTER TABLE session ADD COLUMN renewed {int} NOT NULL DEFAULT 0;  -- when the last of them was made
CREATE INDEX session_next ON session(next_hash);
CREATE INDEX session_old ON session(old_hash);
