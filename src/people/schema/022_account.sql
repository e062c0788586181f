CREATE TABLE account (
  id {id} PRIMARY KEY,
  user_name {text} NOT NULL UNIQUE,
  display_name {text} NOT NULL,
  password_hash {text} NOT NULL,
  must_change {int} NOT NULL CHECK (must_change IN (0, 1)),
  totp_secret {bytes},
  totp_confirmed {int} NOT NULL CHECK (totp_confirmed IN (0, 1)),
  totp_last_step {int} NOT NULL,
  household {id} REFERENCES household(id),
  village {id} REFERENCES unit(id),  -- the household's
  closed {int} NOT NULL CHECK (closed IN (0, 1)),
  made {int} NOT NULL
) {strict};

-- A role in a unit for a time. A substitute's row names the post it stands in for.
CREATE TABLE post (
  id {id} PRIMARY KEY,
  account {id} NOT NULL REFERENCES account(id),
  role {text} NOT NULL,
  unit {id} NOT NULL REFERENCES unit(id),
  valid_from {text} NOT NULL,
  valid_to {text},                 -- the first day it is no longer
  substitute_for {id} REFERENCES post(id),
  away_from {text},                -- the holder is away from this day …
  away_to {text}                   -- … until before this one
) {strict};
CREATE INDEX post_account ON post(account);
CREATE INDEX post_unit ON post(unit, role);
CREATE INDEX post_substitute ON post(substitute_for);

CREATE TABLE session (
  token_hash {bytes} PRIMARY KEY,
  id {id} NOT NULL UNIQUE,         -- what its owner ends it by
  account {id} NOT NULL REFERENCES account(id),
  started {int} NOT NULL,
  seen {int} NOT NULL,
  idle {int} NOT NULL,             -- µs without a request after which it ends
  ends {int} NOT NULL,
  device {text} NOT NULL,
  address {text} NOT NULL          -- coarse: the network, not the line
) {strict};
CREATE INDEX session_account ON session(account);

CREATE TABLE recovery_code (
  account {id} NOT NULL REFERENCES account(id),
  code_hash {bytes} NOT NULL,
  PRIMARY KEY (account, code_hash)
) {strict};

-- Failed sign-ins by user name (hashed: people type passwords there), whether there is such an account or not.
CREATE TABLE sign_in_limit (
  user_hash {bytes} PRIMARY KEY,
  failures {int} NOT NULL,
  not_before {int} NOT NULL
) {strict};

CREATE TABLE sign_in_log (
  id {id} PRIMARY KEY,
  at {int} NOT NULL,
  account {id} REFERENCES account(id),  -- NULL: no such user name
  outcome {text} NOT NULL,
  address {text} NOT NULL,
  device {text} NOT NULL
) {strict};
CREATE INDEX sign_in_log_at ON sign_in_log(at, outcome);
CREATE INDEX sign_in_log_account ON sign_in_log(account, id);
