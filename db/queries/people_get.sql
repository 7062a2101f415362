-- One person of the school, as who runs it may see; of guardians, children
-- and those of a company only who is tied to them now.
-- $1 person
SELECT p.id, p.revision, p.first_name, p.last_name, p.usual_name, p.login,
       p.active, p.source, p.sex, p.birth_date, p.email, p.phone, p.track,
       p.left_on, acquis.manages(p.id) AS managed,
       p.id = acquis.person() AS own,
       a.password, a.code_issued_at, a.code_expires_at, a.signed_in_at,
       (SELECT coalesce(json_agg(r.role ORDER BY r.role), '[]')
          FROM person_role r
         WHERE r.school_id = p.school_id AND r.person_id = p.id) AS roles,
       (SELECT coalesce(json_agg(g.code ORDER BY g.code), '[]')
          FROM class_group g
         WHERE g.school_id = p.school_id AND g.active
           AND (g.id IN (SELECT n.class_id FROM enrolment n
                          WHERE n.school_id = p.school_id AND n.active
                            AND n.learner_id = p.id)
                OR g.id IN (SELECT t.class_id FROM teaching t
                             WHERE t.school_id = p.school_id
                               AND t.teacher_id = p.id))) AS class_codes,
       (SELECT coalesce(json_agg(json_build_object('class_id', g.id::text,
                   'class_code', g.code, 'subject', t.subject,
                   'head_teacher', t.head_teacher, 'source', t.source)
                   ORDER BY g.code, t.subject), '[]')
          FROM teaching t
          JOIN class_group g ON g.school_id = t.school_id
                            AND g.id = t.class_id AND g.active
         WHERE t.school_id = p.school_id AND t.teacher_id = p.id)
           AS services,
       (SELECT coalesce(json_agg(json_build_object('id', g.id::text,
                   'code', g.code, 'kind', g.kind) ORDER BY g.kind, g.code),
                   '[]')
          FROM enrolment n
          JOIN class_group g ON g.school_id = n.school_id
                            AND g.id = n.class_id AND g.active
         WHERE n.school_id = p.school_id AND n.learner_id = p.id
           AND n.active) AS classes,
       (SELECT coalesce(json_agg(json_build_object('person',
                   json_build_object('id', q.id::text,
                       'first_name', q.first_name,
                       'last_name', coalesce(q.usual_name, q.last_name)),
                   'legal', k.legal, 'rank', k.rank, 'source', k.source)
                   ORDER BY k.rank, q.id), '[]')
          FROM guardianship k
          JOIN person q ON q.school_id = k.school_id AND q.id = k.guardian_id
         WHERE k.school_id = p.school_id AND k.learner_id = p.id
           AND k.active) AS guardians,
       (SELECT coalesce(json_agg(json_build_object('person',
                   json_build_object('id', q.id::text,
                       'first_name', q.first_name,
                       'last_name', coalesce(q.usual_name, q.last_name)),
                   'legal', k.legal, 'rank', k.rank, 'source', k.source)
                   ORDER BY q.first_name, q.id), '[]')
          FROM guardianship k
          JOIN person q ON q.school_id = k.school_id AND q.id = k.learner_id
         WHERE k.school_id = p.school_id AND k.guardian_id = p.id
           AND k.active) AS children,
       (SELECT coalesce(json_agg(json_build_object('person',
                   json_build_object('id', q.id::text,
                       'first_name', q.first_name,
                       'last_name', coalesce(q.usual_name, q.last_name)),
                   'kind', s.kind, 'since', s.since)
                   ORDER BY q.first_name, q.id), '[]')
          FROM supervision s
          JOIN person q ON q.school_id = s.school_id AND q.id = s.learner_id
         WHERE s.school_id = p.school_id AND s.supervisor_id = p.id
           AND s.ended_on IS NULL) AS trainees
  FROM person p
 CROSS JOIN LATERAL acquis.account(p.id) a
 WHERE p.school_id = acquis.school()
   AND p.id = $1::bigint;
