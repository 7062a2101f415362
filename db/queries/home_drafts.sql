-- The caller's drafts of interim assessments under way.
SELECT p.id, p.first_name, coalesce(p.usual_name, p.last_name) AS last_name,
       p.track, k.class_id, k.class_code, f.id AS framework_id,
       (SELECT count(*)
          FROM generate_series(1, length(d.positions), 2) AS at
         WHERE substr(d.positions, at, 1) <> '.') AS positioned,
       (SELECT count(*) FROM competency c
         WHERE c.framework_key = d.framework_key) AS expected,
       acquis.instant(d.modified_at) AS modified_at
  FROM draft d
  JOIN framework f ON f.key = d.framework_key
  JOIN person p ON p.school_id = d.school_id AND p.id = d.learner_id
  LEFT JOIN LATERAL (
    SELECT c.class_id, c.class_code FROM learner_class c
     WHERE c.school_id = p.school_id AND c.learner_id = p.id
     LIMIT 1) k ON true
 WHERE d.school_id = acquis.school()
   AND d.author_id = acquis.person()
   AND acquis.roles() & 8 <> 0
 ORDER BY d.modified_at DESC, p.id
 LIMIT 20;
