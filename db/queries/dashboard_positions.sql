-- Positions of the confirmed interim assessments of the learner that is shown,
-- oldest first, then those of the draft, which has no id and is for those who
-- teach the learner and the DDFPT.  After dashboard_head in its batch.
SELECT i.id, i.framework_key, r.positions,
       acquis.instant(i.confirmed_at) AS confirmed_at, a.id AS author_id,
       a.first_name, coalesce(a.usual_name, a.last_name) AS last_name,
       i.confirmed_at AS place
  FROM interim i
  JOIN interim_revision r ON r.school_id = i.school_id
                         AND r.interim_id = i.id
                         AND r.revision = i.revision
  JOIN person a ON a.school_id = r.school_id AND a.id = r.author_id
 WHERE i.school_id = acquis.school()
   AND i.learner_id = acquis.shown_learner()
   AND i.framework_key = ANY (acquis.shown_frameworks())
UNION ALL
SELECT NULL, d.framework_key, d.positions, NULL, NULL, NULL, NULL, NULL
  FROM draft d
 WHERE d.school_id = acquis.school()
   AND d.learner_id = acquis.shown_draft()
   AND d.framework_key = ANY (acquis.shown_frameworks())
 ORDER BY place NULLS LAST, id;
