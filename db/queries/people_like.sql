-- Who may be the same person: the same names in whatever spelling, and no
-- other birth date.  Who may not read people sees tutors and masters alone.
-- $1 first name   $2 last name   $3 usual name, or NULL
-- $4 birth date, or NULL
SELECT p.id, p.first_name, p.last_name, p.usual_name,
       CASE WHEN acquis.roles() & 7 <> 0 THEN p.login END AS login,
       CASE WHEN acquis.roles() & 7 <> 0 THEN p.birth_date END AS birth_date,
       p.active, p.source,
       (SELECT coalesce(json_agg(r.role ORDER BY r.role), '[]')
          FROM person_role r
         WHERE r.school_id = p.school_id AND r.person_id = p.id) AS roles
  FROM person p
 WHERE p.school_id = acquis.school()
   AND acquis.fold(p.first_name) = acquis.fold($1)
   AND (acquis.fold(p.last_name) IN (acquis.fold($2), acquis.fold($3))
        OR acquis.fold(p.usual_name) IN (acquis.fold($2), acquis.fold($3)))
   AND (acquis.roles() & 7 <> 0
        OR EXISTS (SELECT FROM person_role r
                    WHERE r.school_id = p.school_id AND r.person_id = p.id
                      AND r.role IN ('tutor', 'master')))
   AND (p.birth_date = $4::date OR p.birth_date IS NULL OR $4 IS NULL)
 ORDER BY p.active DESC, p.id
 LIMIT 20;
