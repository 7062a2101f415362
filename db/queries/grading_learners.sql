-- The learners of a class in the order of a class list, each with the last
-- interim assessment in the framework of the class, if there is one.
-- $1 class or group
SELECT p.id, p.first_name, coalesce(p.usual_name, p.last_name) AS last_name,
       p.last_name AS family_name, p.usual_name, p.ine, p.birth_date,
       p.track, k.class_id, k.class_code, i.id AS interim_id,
       t.kind || t.index AS term
  FROM enrolment n
  JOIN class_group g ON g.school_id = n.school_id AND g.id = n.class_id
  JOIN person p ON p.school_id = n.school_id AND p.id = n.learner_id
  LEFT JOIN learner_class k ON k.school_id = p.school_id
                           AND k.learner_id = p.id
  LEFT JOIN LATERAL (
           SELECT x.id, x.term_id
             FROM interim x
             JOIN framework f ON f.key = x.framework_key
            WHERE x.school_id = p.school_id AND x.learner_id = p.id
              AND f.id = g.framework_id
            ORDER BY x.confirmed_at DESC, x.id DESC
            LIMIT 1) i ON true
  LEFT JOIN term t ON t.school_id = n.school_id AND t.id = i.term_id
 WHERE n.school_id = acquis.school()
   AND n.class_id = $1::bigint
   AND n.active AND p.active
   AND acquis.follows_class($1::bigint)
 ORDER BY k.class_code,
          coalesce(p.usual_name, p.last_name) COLLATE "fr-x-icu",
          p.first_name COLLATE "fr-x-icu", p.birth_date, p.id;
