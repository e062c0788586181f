-- A village's lists come from an index each, newest first and without sorting.
DROP INDEX motion_unfinished;
CREATE INDEX motion_open ON motion(village, id) WHERE state IN ('noticed', 'voted');
CREATE INDEX motion_coming ON motion(village, id) WHERE state IN ('proposed', 'agreed', 'called');
