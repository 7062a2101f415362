-- How many services of the files are missing from what somebody is to teach.
-- $1 person   $2 classes   $3 their subjects
SELECT count(*) AS missing
  FROM teaching t
  JOIN class_group g ON g.school_id = t.school_id AND g.id = t.class_id
                    AND g.active
 WHERE t.school_id = acquis.school()
   AND t.teacher_id = $1::bigint
   AND t.source = 'import'
   AND (t.class_id, t.subject) NOT IN (
       SELECT w.class_id, w.subject
         FROM unnest($2::bigint[], $3::text[]) w (class_id, subject));
