-- What stands on slips, in the order asked for; no row for a code that is not
-- the one issued last.
-- $1 people   $2 SHA-256 of their codes, hexadecimal
SELECT t.n - 1 AS place, p.first_name,
       coalesce(p.usual_name, p.last_name) AS last_name, p.login,
       k.class_code, o.name AS school_name, o.uai, a.code_expires_at
  FROM unnest($1::bigint[], $2::text[]) WITH ORDINALITY t (person, hash, n)
  JOIN person p ON p.school_id = acquis.school() AND p.id = t.person
  JOIN school o ON o.school_id = p.school_id
 CROSS JOIN LATERAL acquis.account(p.id) a
  LEFT JOIN LATERAL (
    SELECT c.class_code FROM learner_class c
     WHERE c.school_id = p.school_id AND c.learner_id = p.id
     LIMIT 1) k ON true
 WHERE acquis.activation_is(p.id, decode(t.hash, 'hex'))
 ORDER BY t.n;
