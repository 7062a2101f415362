-- Somebody whom no file tells of.
-- $1 first name   $2 last name   $3 login   $4 role
WITH made AS (
    INSERT INTO person (school_id, first_name, last_name, login, source)
    VALUES (acquis.school(), $1, $2, $3, 'manual')
    RETURNING school_id, id
), given AS (
    INSERT INTO person_role (school_id, person_id, role)
    SELECT m.school_id, m.id, $4 FROM made m
)
SELECT id FROM made;
