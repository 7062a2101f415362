-- One interim assessment as the caller may read it.
-- $1 interim assessment
SELECT i.id, i.learner_id, i.framework_key, i.framework_id, i.revision,
       i.version, i.unlocked, i.confirmed, i.author, i.learner, i.term,
       i.latest, i.radar, i.positions, i.findings, i.advice, i.evaluations,
       i.unlock, i.grade,
       acquis.teaches_learner(i.learner_id) AS teaches,
       (now() AT TIME ZONE 'Europe/Paris')::date - DATE '1970-01-01'
           AS today
  FROM interim_read i
 WHERE i.school_id = acquis.school()
   AND i.id = $1::bigint
   AND i.learner_id = (
           SELECT w.learner_id
             FROM interim w
            WHERE w.school_id = acquis.school()
              AND w.id = $1::bigint);
