-- Hide a person, or show again; nothing where it is so already.
-- $1 person   $2 shown
UPDATE person p
   SET active = $2::boolean,
       left_on = CASE WHEN $2::boolean THEN NULL ELSE current_date END
 WHERE p.school_id = acquis.school()
   AND p.id = $1::bigint
   AND p.active <> $2::boolean;
