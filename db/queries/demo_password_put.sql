-- The password of a demonstration account.
-- $1 person   $2 hash
INSERT INTO credential (school_id, person_id, password)
VALUES (acquis.school(), $1::bigint, $2)
ON CONFLICT (school_id, person_id) DO UPDATE
   SET password = EXCLUDED.password, must_change = false, changed_at = now();
