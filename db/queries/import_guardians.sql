-- Every guardian an import may meet; a first name may be missing.
SELECT p.id AS person_id, p.source = 'import' AS imported, p.active, p.login,
       p.guardian_key, p.last_name, p.usual_name,
       nullif(p.first_name, '') AS first_name, p.phone, p.email
  FROM person p
 WHERE p.school_id = acquis.school()
   AND (p.guardian_key IS NOT NULL
        OR EXISTS (SELECT FROM person_role r
                    WHERE r.school_id = p.school_id AND r.person_id = p.id
                      AND r.role = 'guardian'))
 ORDER BY p.id;
