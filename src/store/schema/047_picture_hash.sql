-- One picture proves one paper: the same bytes are looked for before they are added again.
CREATE INDEX attachment_sha256 ON attachment(sha256);
