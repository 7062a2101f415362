-- Whose guardian is whom, now, as far as files have said.
SELECT g.guardian_id, g.learner_id, g.level::text AS level, g.parent_code,
       g.legal, g.rank
  FROM guardianship g
 WHERE g.school_id = acquis.school()
   AND g.active
   AND g.source = 'import'
 ORDER BY g.guardian_id, g.learner_id;
