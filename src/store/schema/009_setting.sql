-- What this installation is and was told once: name -> value.
CREATE TABLE setting (
  name {text} PRIMARY KEY NOT NULL,
  value {text} NOT NULL
) {strict};
