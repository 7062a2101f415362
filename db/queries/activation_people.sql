-- Who may be issued a code: of those named, or of a class its learners, in
-- the order of their names.  Nobody whom the caller may not know of.
-- $1 people, or NULL   $2 class, or NULL
SELECT p.id, p.first_name, coalesce(p.usual_name, p.last_name) AS last_name,
       p.login, k.class_code, acquis.manages(p.id) AS managed,
       CASE WHEN p.id = acquis.person() THEN 'self'
            WHEN NOT p.active THEN 'hidden'
            WHEN p.login IS NULL THEN 'no_login' END AS trouble,
       a.password
  FROM person p
 CROSS JOIN LATERAL acquis.account(p.id) a
  LEFT JOIN LATERAL (
    SELECT c.class_code FROM learner_class c
     WHERE c.school_id = p.school_id AND c.learner_id = p.id
     LIMIT 1) k ON true
 WHERE p.school_id = acquis.school()
   AND ($1::bigint[] IS NULL OR p.id = ANY ($1))
   AND ($2::bigint IS NULL OR p.id IN (
        SELECT n.learner_id FROM enrolment n
         WHERE n.school_id = acquis.school() AND n.active
           AND n.class_id = $2))
   AND (acquis.roles() & 7 <> 0 OR acquis.manages(p.id))
 ORDER BY acquis.fold(p.last_name), acquis.fold(p.first_name), p.id;
