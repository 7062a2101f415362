-- One role more; no row where it was there.
-- $1 person   $2 role
INSERT INTO person_role (school_id, person_id, role)
VALUES (acquis.school(), $1::bigint, $2)
ON CONFLICT DO NOTHING
RETURNING role;
