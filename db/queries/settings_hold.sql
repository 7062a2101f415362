-- Take the next number of the settings, if the one read is still the last;
-- else nothing.
-- $1 number read
UPDATE school o
   SET settings_revision = o.settings_revision + 1
 WHERE o.school_id = acquis.school()
   AND o.settings_revision = $1::integer;
