-- Every login taken.
SELECT p.login
  FROM person p
 WHERE p.school_id = acquis.school()
   AND p.login IS NOT NULL
 ORDER BY p.id;
