-- Every learner an import may meet, present or gone.
SELECT p.id AS person_id, p.source = 'import' AS imported, p.active, p.login,
       p.siecle_id, p.ine, p.ine_bea, p.elenoet, p.last_name, p.usual_name,
       p.first_name, p.birth_date, p.sex, p.track, p.left_on, p.email
  FROM person p
 WHERE p.school_id = acquis.school()
   AND p.track IS NOT NULL
 ORDER BY p.id;
