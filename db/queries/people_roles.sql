-- The roles of a person, those and no other.
-- $1 person   $2 roles
WITH gone AS (
    DELETE FROM person_role r
     WHERE r.school_id = acquis.school() AND r.person_id = $1::bigint
       AND r.role <> ALL ($2::text[])
)
INSERT INTO person_role (school_id, person_id, role)
SELECT acquis.school(), $1, t.role FROM unnest($2) t (role)
ON CONFLICT DO NOTHING;
