-- Give the same weights to interim assessments that are held; their versions
-- move with them, and the journal keeps what they were.
-- $1 interim assessments   $2 weights   $3 origin, NULL: all at zero
WITH held AS (
    UPDATE interim i
       SET version = i.version + 1
     WHERE i.school_id = acquis.school()
       AND i.id = ANY ($1::bigint[])
    RETURNING i.id, i.learner_id, i.revision, i.version
), old AS (
    SELECT w.interim_id, w.weights
      FROM weighting w
     WHERE w.school_id = acquis.school()
       AND w.interim_id = ANY ($1::bigint[])
), kept AS (
    INSERT INTO weighting AS w (school_id, interim_id, interim_revision,
                                weights, origin, author_id)
    SELECT acquis.school(), h.id, h.revision, $2::integer[],
           coalesce($3, 'typed'), acquis.person()
      FROM held h
    ON CONFLICT (school_id, interim_id) DO UPDATE
       SET interim_revision = EXCLUDED.interim_revision,
           weights = EXCLUDED.weights,
           origin = EXCLUDED.origin,
           author_id = EXCLUDED.author_id,
           revision = w.revision + 1,
           modified_at = now()
)
SELECT h.id, h.version,
       acquis.note('weights', 'interim', h.id, h.learner_id,
           to_jsonb(o.weights), to_jsonb($2::integer[]))
  FROM held h
  LEFT JOIN old o ON o.interim_id = h.id;
