-- Interim assessments of a learner, oldest first.
-- $1 learner   $2 framework, or NULL: all   $3 after this one, or NULL
-- $4 how many at most
SELECT i.id, i.learner_id, i.framework_key, i.framework_id, i.revision,
       i.version, i.unlocked, i.confirmed, i.author, i.learner, i.term,
       i.latest, i.radar, i.positions, i.findings, i.advice, i.evaluations,
       i.unlock, i.grade
  FROM interim_read i
 WHERE i.school_id = acquis.school()
   AND i.learner_id = $1::bigint
   AND ($2::text IS NULL OR i.framework_id = $2)
   AND ($3::bigint IS NULL
        OR (i.confirmed_at, i.id) > (
            SELECT a.confirmed_at, a.id
              FROM interim a
             WHERE a.school_id = acquis.school()
               AND a.id = $3::bigint))
 ORDER BY i.confirmed_at, i.id
 LIMIT $4::integer;
