-- A new interim assessment from the draft that is held, and its term.
-- $1 learner   $2 framework   $3 key of its version
INSERT INTO interim (school_id, learner_id, framework_key, state, revision,
                     confirmed_at, term_id)
VALUES (acquis.school(), $1::bigint, $3::integer, 'confirmed', 1, now(),
        acquis.term_at($2, (now() AT TIME ZONE 'Europe/Paris')::date))
RETURNING id;
