-- The account of a person of the school.
-- $1 person
SELECT p.login, acquis.manages(p.id) AS managed
  FROM person p
 WHERE p.school_id = acquis.school()
   AND p.id = $1::bigint;
