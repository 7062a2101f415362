-- A session for the tool itself, so that it acts by the very handlers.
-- $1 SHA-256 of a token   $2 person   $3 roles, bits
INSERT INTO session (token, school_id, person_id, roles, idle, expires_at)
VALUES ($1::bytea, acquis.school(), $2::bigint, $3::integer,
        interval '15 minutes', now() + interval '15 minutes');
