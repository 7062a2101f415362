-- Hold the interim assessments of a learner in a framework, oldest id first:
-- the first locks of whoever confirms or unlocks one.
-- $1 learner   $2 framework
SELECT i.id, i.version, i.revision, i.state = 'unlocked'
           AND i.unlock_ends_at > now() AS unlocked, i.positions, i.findings,
       i.advice, i.seen
  FROM interim i
 WHERE i.school_id = acquis.school()
   AND i.learner_id = $1::bigint
   AND i.framework_key IN (SELECT f.key FROM framework f WHERE f.id = $2)
 ORDER BY i.id
   FOR NO KEY UPDATE;
