-- The classes and groups of a learner made by hand, those and no other.
-- $1 person   $2 classes
WITH gone AS (
    UPDATE enrolment n SET active = false
     WHERE n.school_id = acquis.school() AND n.learner_id = $1::bigint
       AND n.active AND n.class_id <> ALL ($2::bigint[])
)
INSERT INTO enrolment (school_id, class_id, learner_id)
SELECT g.school_id, g.id, $1
  FROM class_group g
 WHERE g.school_id = acquis.school() AND g.id = ANY ($2)
ON CONFLICT (school_id, class_id, learner_id) DO UPDATE
   SET active = true, since = current_date
 WHERE NOT enrolment.active;
