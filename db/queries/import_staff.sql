-- Everybody of the staff an import may meet, present or gone.
SELECT p.id AS person_id, p.source = 'import' AS imported, p.active, p.login,
       p.staff_type || ':' || p.staff_key AS key, p.staff_type AS type,
       p.staff_key AS id,
       (SELECT min(r.role) FROM person_role r
         WHERE r.school_id = p.school_id AND r.person_id = p.id) AS role,
       p.last_name, p.usual_name, p.first_name, p.sex, p.birth_date,
       p.function
  FROM person p
 WHERE p.school_id = acquis.school()
   AND (p.staff_key IS NOT NULL
        OR EXISTS (SELECT FROM person_role r
                    WHERE r.school_id = p.school_id AND r.person_id = p.id
                      AND r.role IN ('administrator', 'ddfpt', 'head',
                                     'teacher')))
 ORDER BY p.id;
