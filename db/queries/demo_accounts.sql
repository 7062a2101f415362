-- One person a role to sign in as: of the teachers the one with most learners
-- of a diploma, a learner of hers, and that learner's first guardian.
-- $1 diploma
WITH melec AS (
    SELECT g.school_id, g.id, g.code
      FROM class_group g
     WHERE g.school_id = acquis.school() AND g.kind = 'class'
       AND g.framework_id = $1 AND g.active
), teacher AS (
    SELECT t.teacher_id AS id
      FROM teaching t
      JOIN melec m ON m.school_id = t.school_id AND m.id = t.class_id
      JOIN enrolment n ON n.school_id = t.school_id
                      AND n.class_id = t.class_id AND n.active
     GROUP BY t.teacher_id
     ORDER BY count(DISTINCT n.learner_id) DESC, t.teacher_id
     LIMIT 1
), family AS (
    SELECT k.learner_id, k.guardian_id
      FROM guardianship k
      JOIN enrolment n ON n.school_id = k.school_id
                      AND n.learner_id = k.learner_id AND n.active
      JOIN melec m ON m.school_id = n.school_id AND m.id = n.class_id
     WHERE k.school_id = acquis.school() AND k.active AND k.legal
     ORDER BY m.code DESC, k.learner_id, k.rank
     LIMIT 1
), who (place, role, id) AS (
    SELECT 1, 'administrator', min(r.person_id) FROM person_role r
     WHERE r.school_id = acquis.school() AND r.role = 'administrator'
    UNION ALL
    SELECT 2, 'ddfpt', min(r.person_id) FROM person_role r
     WHERE r.school_id = acquis.school() AND r.role = 'ddfpt'
    UNION ALL
    SELECT 3, 'head', min(r.person_id) FROM person_role r
     WHERE r.school_id = acquis.school() AND r.role = 'head'
    UNION ALL SELECT 4, 'teacher', id FROM teacher
    UNION ALL SELECT 5, 'learner', learner_id FROM family
    UNION ALL SELECT 6, 'guardian', guardian_id FROM family
)
SELECT w.role, w.id, p.login
  FROM who w
  JOIN person p ON p.school_id = acquis.school() AND p.id = w.id
 ORDER BY w.place;
