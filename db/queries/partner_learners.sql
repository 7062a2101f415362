-- A page of the roster, and its line in the log: learners who are there.
-- $1 last id of the page before   $2 code of a framework, or NULL
-- $3 divisions, empty for all   $4 items of a page and one more
-- $5 what was asked   $6 from which address
WITH page AS (
    SELECT l.id, l.ref
      FROM partner_learner l
     WHERE l.school_id = acquis.school()
       AND l.active
       AND l.id > $1::bigint
       AND (cardinality($3::text[]) = 0 OR l.division = ANY ($3))
       AND ($2::text IS NULL OR EXISTS (
               SELECT FROM enrolment n
                 JOIN class_group g ON g.school_id = n.school_id
                                   AND g.id = n.class_id
                 JOIN framework f ON f.id = g.framework_id
                WHERE n.school_id = l.school_id AND n.learner_id = l.id
                  AND n.active AND f.code = $2))
     ORDER BY l.id
     LIMIT $4::integer
), logged AS (
    INSERT INTO partner_pull (school_id, access_id, address, request, items)
    SELECT acquis.school(), acquis.access(), $6::inet, $5,
           least(count(*), $4::integer - 1)
      FROM page
)
SELECT p.id, p.ref FROM page p ORDER BY p.id;
