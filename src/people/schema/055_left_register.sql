-- The day on which the household of an account that holds an officer's post left the village's register.
ALTER TABLE account ADD COLUMN left_register {text};
