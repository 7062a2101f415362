-- The demonstration school, where there is one.
-- $1 UAI
SELECT o.school_id, o.school_year,
       (SELECT p.id FROM person p
         WHERE p.school_id = o.school_id AND p.source = 'manual'
           AND p.login = 'admin') AS administrator_id,
       (SELECT count(*) FROM term t
         WHERE t.school_id = o.school_id) AS terms
  FROM school o
 WHERE o.uai = $1;
