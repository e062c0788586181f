-- The lists of a village read what they show and not every matter it ever had.
CREATE INDEX motion_unfinished ON motion(village, id)
  WHERE state IN ('proposed', 'agreed', 'called', 'noticed', 'voted');
CREATE INDEX motion_decided ON motion(village, id) WHERE state IN ('passed', 'lost');
