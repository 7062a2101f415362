-- One's own password, to be checked, and what it must not be.
SELECT t.password, t.throttled, p.login, p.birth_date, o.uai, o.name AS school
  FROM person p
  JOIN school o ON o.school_id = p.school_id
 CROSS JOIN LATERAL acquis.own_password_try() t
 WHERE p.school_id = acquis.school()
   AND p.id = acquis.person();
