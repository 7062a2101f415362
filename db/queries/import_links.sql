-- Whose guardian is whom, now.
SELECT g.guardian_id, g.learner_id, g.level::text AS level, g.parent_code,
       g.legal, g.rank
  FROM guardianship g
 WHERE g.school_id = acquis.school()
   AND g.active
 ORDER BY g.guardian_id, g.learner_id;
