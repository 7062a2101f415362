-- Who receives or received a learner in a company, newest first.
-- $1 learner
SELECT json_build_object('id', q.id::text, 'first_name', q.first_name,
           'last_name', coalesce(q.usual_name, q.last_name)) AS person,
       s.kind, s.since, s.ended_on, q.login, q.email, q.phone, q.active,
       acquis.manages(q.id) AS managed, a.password, a.code_expires_at,
       a.signed_in_at
  FROM supervision s
  JOIN person q ON q.school_id = s.school_id AND q.id = s.supervisor_id
 CROSS JOIN LATERAL acquis.account(q.id) a
 WHERE s.school_id = acquis.school()
   AND s.learner_id = $1::bigint
 ORDER BY s.ended_on IS NOT NULL, s.id DESC;
