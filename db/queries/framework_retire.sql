-- The current version gives way to one that is about to be loaded.
-- $1 framework
UPDATE framework
   SET current = false
 WHERE id = $1
   AND current;
