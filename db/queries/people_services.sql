-- What somebody teaches by hand besides what the files say: that and no
-- other.
-- $1 person   $2 classes   $3 their subjects
WITH wanted AS (
    SELECT DISTINCT t.class_id, t.subject
      FROM unnest($2::bigint[], $3::text[]) t (class_id, subject)
), gone AS (
    DELETE FROM teaching t
     WHERE t.school_id = acquis.school() AND t.teacher_id = $1::bigint
       AND t.source = 'manual'
       AND (t.class_id, t.subject) NOT IN (
           SELECT w.class_id, w.subject FROM wanted w)
)
INSERT INTO teaching (school_id, class_id, teacher_id, subject, source)
SELECT g.school_id, g.id, $1, w.subject, 'manual'
  FROM wanted w
  JOIN class_group g ON g.school_id = acquis.school() AND g.id = w.class_id
ON CONFLICT DO NOTHING;
