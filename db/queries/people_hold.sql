-- Take the next number of a person, if the one read is still the last; else
-- nothing.
-- $1 person   $2 number read
UPDATE person p
   SET revision = p.revision
 WHERE p.school_id = acquis.school()
   AND p.id = $1::bigint
   AND p.revision = $2::integer;
