-- The six-digit PIN of a village's officer: for the devices that remember him, and for what a helper types for
-- the head (practice P53).
CREATE TABLE account_pin (
  account {id} PRIMARY KEY REFERENCES account(id),
  pin_hash {text} NOT NULL,
  chosen {int} NOT NULL,
  failures {int} NOT NULL,         -- wrong ones since the last right one
  not_before {int} NOT NULL        -- tried again only from then on
) {strict};

-- A browser that asks its owner for the PIN alone.
CREATE TABLE remembered_device (
  id {id} PRIMARY KEY,
  account {id} NOT NULL REFERENCES account(id),
  token_hash {bytes} NOT NULL UNIQUE,
  old_hash {bytes} NOT NULL,       -- of the token before, good for some minutes, in case an answer got lost
  rotated {int} NOT NULL,
  created {int} NOT NULL,
  used {int} NOT NULL,
  ends {int} NOT NULL,
  failures {int} NOT NULL,         -- wrong PINs since the last right one
  device {text} NOT NULL           -- coarse: "Chrome, Android"
) {strict};
CREATE INDEX remembered_device_account ON remembered_device(account);
CREATE INDEX remembered_device_old ON remembered_device(old_hash);

-- Who typed for the account, where it was another (outcomes 'confirmed' and 'confirm-refused').
ALTER TABLE sign_in_log ADD COLUMN helper {id};
