-- Classes and groups of the years before are closed, and nobody is in them.
WITH closed AS (
    UPDATE class_group g SET active = false
      FROM school o
     WHERE o.school_id = acquis.school()
       AND g.school_id = o.school_id AND g.school_year < o.school_year
       AND g.active
    RETURNING g.id
)
UPDATE enrolment n SET active = false
  FROM closed c
 WHERE n.school_id = acquis.school()
   AND n.class_id = c.id
   AND n.active;
