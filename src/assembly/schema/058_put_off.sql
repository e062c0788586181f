-- The last concluded meeting that had the matter on its agenda and did not come to it: its minutes say so, and how
-- many came decides whether a ballot may follow.
ALTER TABLE motion ADD COLUMN put_off_at {int};
CREATE INDEX motion_put_off ON motion(put_off_at) WHERE put_off_at IS NOT NULL;
