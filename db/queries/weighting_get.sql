-- Interim assessments with what their grades are made of, the newest of a
-- learner told from the others.  An unlock that has run out counts as over.
-- $1 interim assessments
SELECT i.id, i.learner_id, i.framework_key, i.version, i.revision,
       CASE WHEN i.state = 'unlocked' AND i.unlock_ends_at > now()
            THEN 'unlocked' ELSE 'confirmed' END AS state,
       to_char(i.confirmed_at AT TIME ZONE 'UTC',
               'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS confirmed_at,
       r.positions,
       w.weights, w.origin,
       g.value, g.hundredths, g.interim_revision AS grade_revision,
       g.positions AS grade_positions, g.weights AS grade_weights,
       g.origin AS grade_origin, g.value_table AS grade_table,
       g.factor_bp AS grade_factor, g.rounding AS grade_rounding,
       to_char(g.saved_at AT TIME ZONE 'UTC',
               'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS saved_at,
       json_build_object('id', a.id::text, 'first_name', a.first_name,
           'last_name', coalesce(a.usual_name, a.last_name)) AS grade_author,
       o.value_table, o.intermediate_factor_bp, o.rounding,
       o.learners_see_grade,
       NOT EXISTS (SELECT FROM interim n
                    WHERE n.school_id = i.school_id
                      AND n.learner_id = i.learner_id
                      AND n.framework_key = i.framework_key
                      AND (n.confirmed_at, n.id) > (i.confirmed_at, i.id))
           AS latest,
       acquis.teaches_learner(i.learner_id) AS teaches
  FROM interim i
  JOIN school o ON o.school_id = i.school_id
  JOIN interim_revision r ON r.school_id = i.school_id
                         AND r.interim_id = i.id AND r.revision = i.revision
  LEFT JOIN weighting w ON w.school_id = i.school_id AND w.interim_id = i.id
  LEFT JOIN LATERAL (
           SELECT *
             FROM grade x
            WHERE x.school_id = i.school_id AND x.interim_id = i.id
            ORDER BY x.revision DESC
            LIMIT 1) g ON true
  LEFT JOIN person a ON a.school_id = g.school_id AND a.id = g.author_id
 WHERE i.school_id = acquis.school()
   AND i.id = ANY ($1::bigint[])
   AND acquis.follows_learner(i.learner_id);
