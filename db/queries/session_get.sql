-- Who is signed in, and what the pages need to know of it.
-- $1 SHA-256 of the cookie
SELECT json_build_object('id', p.id::text, 'first_name', p.first_name,
           'last_name', coalesce(p.usual_name, p.last_name)) AS person,
       json_build_object('id', o.school_id::text, 'uai', o.uai,
           'name', o.name,
           'school_year', o.school_year || '-' || o.school_year + 1)
           AS school,
       (SELECT json_agg(r.role ORDER BY r.role)
          FROM person_role r
         WHERE r.school_id = p.school_id AND r.person_id = p.id) AS roles,
       (SELECT coalesce(json_agg(json_build_object('id', f.id,
                   'code', f.code, 'short_title', f.short_title)
                   ORDER BY f.id), '[]')
          FROM framework f
         WHERE f.current
           AND EXISTS (SELECT FROM class_group g
                        WHERE g.school_id = p.school_id AND g.active
                          AND g.framework_id = f.id)) AS frameworks,
       (SELECT coalesce(json_agg(json_build_object('id', l.id::text,
                   'first_name', l.first_name,
                   'last_name', coalesce(l.usual_name, l.last_name))
                   ORDER BY l.first_name, l.id), '[]')
          FROM person l
         WHERE l.school_id = p.school_id AND l.active
           AND ((l.id = p.id AND acquis.roles() & 16 <> 0)
                OR (acquis.roles() & 32 <> 0 AND o.guardians_open
                    AND l.id IN (
                    SELECT g.learner_id FROM guardianship g
                     WHERE g.school_id = p.school_id AND g.active AND g.legal
                       AND g.guardian_id = p.id)))) AS learners,
       s.stage, s.idle_seconds,
       to_char(s.expires_at AT TIME ZONE 'UTC',
               'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS expires_at
  FROM person p
  JOIN school o ON o.school_id = p.school_id
 CROSS JOIN LATERAL acquis.session_facts($1::bytea) s
 WHERE p.school_id = acquis.school()
   AND p.id = acquis.person();
