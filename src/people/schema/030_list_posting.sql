-- Where and since when a list is posted for corrections (practice P34), and why it was confirmed unposted, where the
-- commune asks for no posting.
ALTER TABLE household_list ADD COLUMN posted_on {text};
ALTER TABLE household_list ADD COLUMN posted_at {text} NOT NULL DEFAULT '';
ALTER TABLE household_list ADD COLUMN unposted_reason {text} NOT NULL DEFAULT '';
-- The case of a household that people ask about (practice P35, P36): usual, one_person, away_at_work, shared_house.
ALTER TABLE household ADD COLUMN circumstance {text} NOT NULL DEFAULT 'usual';
ALTER TABLE household_list_line ADD COLUMN circumstance {text} NOT NULL DEFAULT 'usual';
