-- Which classes the groups of this year draw from; groups that the files do
-- not describe keep theirs.
-- $1 rows, JSON (api/import_apply.c)
WITH told AS (
    SELECT g.id AS group_id, c.id AS class_id
      FROM jsonb_to_recordset($1::jsonb) AS x (code text, class text)
      JOIN school o ON o.school_id = acquis.school()
      JOIN class_group g ON g.school_id = o.school_id
                        AND g.school_year = o.school_year
                        AND g.kind = 'group' AND g.code = x.code
      LEFT JOIN class_group c ON c.school_id = o.school_id
                             AND c.school_year = o.school_year
                             AND c.kind = 'class' AND c.code = x.class
), gone AS (
    DELETE FROM group_class k
     WHERE k.school_id = acquis.school()
       AND k.group_id IN (SELECT t.group_id FROM told t)
       AND NOT EXISTS (SELECT FROM told t
                        WHERE t.group_id = k.group_id
                          AND t.class_id = k.class_id)
)
INSERT INTO group_class (school_id, group_id, class_id)
SELECT acquis.school(), t.group_id, t.class_id
  FROM told t
 WHERE t.class_id IS NOT NULL
ON CONFLICT DO NOTHING;
