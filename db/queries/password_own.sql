-- One's own password, to be checked, and what it must not be.
SELECT acquis.own_password() AS password, p.login, p.birth_date
  FROM person p
 WHERE p.school_id = acquis.school()
   AND p.id = acquis.person();
