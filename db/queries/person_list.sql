-- People of the school and the state of their accounts.
-- $1 roles, or NULL   $2 classes, or NULL   $3 words, or NULL
-- $4 person to start after, or NULL         $5 how many
-- $6 active, hidden, or NULL   $7 import, manual, or NULL
-- $8 what opens the account, or NULL
SELECT p.id, p.first_name, p.last_name, p.usual_name, p.login, p.active,
       p.source, acquis.manages(p.id) AS managed,
       (SELECT coalesce(json_agg(r.role ORDER BY r.role), '[]')
          FROM person_role r
         WHERE r.school_id = p.school_id AND r.person_id = p.id) AS roles,
       (SELECT coalesce(json_agg(DISTINCT g.code ORDER BY g.code), '[]')
          FROM class_group g
         WHERE g.school_id = p.school_id AND g.active
           AND (g.id IN (SELECT n.class_id FROM enrolment n
                          WHERE n.school_id = p.school_id AND n.active
                            AND n.learner_id = p.id)
                OR g.id IN (SELECT t.class_id FROM teaching t
                             WHERE t.school_id = p.school_id
                               AND t.teacher_id = p.id))) AS class_codes,
       a.password, a.code_issued_at, a.code_expires_at, a.signed_in_at
  FROM (SELECT q.school_id, q.id, q.first_name, q.last_name, q.usual_name,
               q.login, q.active, q.source
          FROM person q
         WHERE q.school_id = acquis.school()
           AND ($1::text[] IS NULL OR EXISTS (
                SELECT FROM person_role r
                 WHERE r.school_id = q.school_id AND r.person_id = q.id
                   AND r.role = ANY ($1)))
           AND ($2::bigint[] IS NULL OR EXISTS (
                SELECT FROM enrolment n
                 WHERE n.school_id = q.school_id AND n.learner_id = q.id
                   AND n.active AND n.class_id = ANY ($2))
                OR EXISTS (
                SELECT FROM teaching t
                 WHERE t.school_id = q.school_id AND t.teacher_id = q.id
                   AND t.class_id = ANY ($2)))
           AND ($3::text IS NULL OR acquis.words_in($3,
                acquis.fold(concat_ws(' ', q.first_name, q.usual_name,
                                      q.last_name, q.login))))
           AND ($6::text[] IS NULL
                OR CASE WHEN q.active THEN 'active' ELSE 'hidden' END
                   = ANY ($6))
           AND ($7::text[] IS NULL OR q.source = ANY ($7))
           AND ($8::text[] IS NULL
                OR (SELECT s.password FROM acquis.account(q.id) s)
                   = ANY ($8))
           AND ($4::bigint IS NULL
                OR (acquis.fold(q.last_name), acquis.fold(q.first_name), q.id)
                 > (SELECT acquis.fold(b.last_name),
                           acquis.fold(b.first_name), b.id
                      FROM person b
                     WHERE b.school_id = acquis.school() AND b.id = $4))
         ORDER BY acquis.fold(q.last_name), acquis.fold(q.first_name), q.id
         LIMIT $5::integer) p
 CROSS JOIN LATERAL acquis.account(p.id) a
 ORDER BY acquis.fold(p.last_name), acquis.fold(p.first_name), p.id;
