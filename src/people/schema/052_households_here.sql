-- How many households a village has is counted in the index alone.
CREATE INDEX household_here ON household(village) WHERE gone IS NULL;
