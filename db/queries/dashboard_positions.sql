-- Positions of the confirmed interim assessments of a learner, oldest first,
-- then those of the draft, which has no id and is for those who prepare it.
-- $1 learner   $2 framework, or NULL: that of the class
WITH wanted AS (
    SELECT f.key
      FROM framework f
     WHERE f.id = coalesce($2, (SELECT c.framework_id
                                  FROM learner_class c
                                 WHERE c.school_id = acquis.school()
                                   AND c.learner_id = $1::bigint))
       AND EXISTS (SELECT FROM read_learner l
                    WHERE l.school_id = acquis.school()
                      AND l.learner_id = $1::bigint)
), confirmed AS (
    SELECT i.id, i.framework_key, i.confirmed_at, r.positions,
           a.id AS author_id, a.first_name,
           coalesce(a.usual_name, a.last_name) AS last_name
      FROM interim i
      JOIN interim_revision r ON r.school_id = i.school_id
                             AND r.interim_id = i.id
                             AND r.revision = i.revision
      JOIN person a ON a.school_id = r.school_id AND a.id = r.author_id
     WHERE i.school_id = acquis.school()
       AND i.learner_id = $1::bigint
       AND i.framework_key IN (SELECT w.key FROM wanted w)
), preparing AS (
    SELECT d.framework_key, d.positions
      FROM draft d
     WHERE d.school_id = acquis.school()
       AND d.learner_id = $1::bigint
       AND acquis.roles() & 10 <> 0
       AND d.framework_key IN (SELECT w.key FROM wanted w)
), both_kinds AS (
    SELECT c.id, c.framework_key, c.positions, c.confirmed_at, c.author_id,
           c.first_name, c.last_name
      FROM confirmed c
    UNION ALL
    SELECT NULL, p.framework_key, p.positions, NULL, NULL, NULL, NULL
      FROM preparing p
)
SELECT b.id, b.framework_key, b.positions, acquis.instant(b.confirmed_at)
           AS confirmed_at, b.author_id, b.first_name, b.last_name
  FROM both_kinds b
 ORDER BY b.confirmed_at NULLS LAST, b.id;
