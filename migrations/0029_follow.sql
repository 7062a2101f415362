-- Whose results the caller follows.
--
-- Reading an assessment and taking it away as a file are two rights, and the
-- grade is a third (domain/access.c): a teacher reads what was confirmed about
-- any learner of the school, but exports, and sees grades and weights, only of
-- those taught.  The DDFPT and the head follow everybody, a learner oneself, a
-- guardian the own children.

CREATE FUNCTION acquis.follows_learner(learner bigint) RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
    IF acquis.roles() & 6 <> 0 THEN
        RETURN acquis.sees_learner(learner);
    END IF;
    IF acquis.roles() & 8 <> 0 AND acquis.teaches_learner(learner) THEN
        RETURN true;
    END IF;
    RETURN (acquis.roles() & 16 <> 0 AND learner = acquis.person())
        OR (acquis.roles() & 32 <> 0 AND EXISTS (
            SELECT FROM guardianship g
              JOIN school o ON o.school_id = g.school_id
             WHERE g.school_id = acquis.school()
               AND g.guardian_id = acquis.person()
               AND g.learner_id = learner
               AND g.active AND g.legal AND o.guardians_open));
END
$$;

-- A class or group as a whole: who runs the school, and who teaches it or, by
-- another class or group, all of its learners.
CREATE FUNCTION acquis.follows_class(class bigint) RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
    IF acquis.roles() & 6 <> 0 THEN
        RETURN acquis.sees_class(class);
    END IF;
    IF acquis.roles() & 8 <> 0 AND EXISTS (
        SELECT FROM teaching t
         WHERE t.school_id = acquis.school()
           AND t.class_id = class
           AND t.teacher_id = acquis.person()) THEN
        RETURN true;
    END IF;
    RETURN coalesce((
        SELECT bool_and(n.learner_id IN (
                   SELECT t.learner_id FROM taught_learner t))
          FROM enrolment n
         WHERE n.school_id = acquis.school()
           AND n.class_id = class
           AND n.active), false);
END
$$;

-- The same as before, but for the grade.
CREATE OR REPLACE VIEW interim_read WITH (security_invoker) AS
SELECT i.school_id, i.id, i.learner_id, i.framework_key, i.revision,
       i.version, i.confirmed_at, k.id AS framework_id,
       w.shown AS unlocked,
       acquis.instant(i.confirmed_at) AS confirmed,
       (a.ref)::text AS author,
       (l.ref)::text AS learner,
       t.school_year || '-' || t.kind || t.index AS term,
       NOT EXISTS (SELECT FROM interim n
                     JOIN framework f ON f.key = n.framework_key
                    WHERE n.school_id = i.school_id
                      AND n.learner_id = i.learner_id AND f.id = k.id
                      AND (n.confirmed_at, n.id) > (i.confirmed_at, i.id))
           AS latest,
       EXISTS (SELECT FROM interim n
                 JOIN framework f ON f.key = n.framework_key
                WHERE n.school_id = i.school_id
                  AND n.learner_id = i.learner_id AND f.id = k.id
                  AND (n.confirmed_at, n.id) < (i.confirmed_at, i.id))
           AS radar,
       CASE WHEN w.changes THEN i.positions ELSE r.positions END AS positions,
       CASE WHEN w.changes THEN i.findings ELSE r.findings END AS findings,
       CASE WHEN w.changes THEN i.advice ELSE r.advice END AS advice,
       (SELECT coalesce(json_agg(json_build_object('id', e.id::text,
                   'title', e.title, 'assessed_on', e.assessed_on,
                   'revision', c.sheet_revision)
                   ORDER BY e.assessed_on, e.id), '[]')::text
          FROM interim_cover c
          JOIN evaluation e ON e.school_id = c.school_id
                           AND e.id = c.evaluation_id
         WHERE c.school_id = i.school_id AND c.interim_id = i.id
           AND c.revision = i.revision
           AND (acquis.reads_results()
                OR (e.visible AND e.deleted_at IS NULL))) AS evaluations,
       CASE WHEN w.shown THEN (
           SELECT json_build_object(
                      'unlocked_at', acquis.instant(i.unlocked_at),
                      'author', u.ref, 'reason', i.unlock_reason,
                      'expires_at', acquis.instant(i.unlock_ends_at))::text
             FROM person_ref u
            WHERE u.school_id = i.school_id AND u.id = i.unlocked_by)
           END AS unlock,
       CASE WHEN (acquis.roles() & 14 <> 0 OR o.learners_see_grade)
             AND acquis.follows_learner(i.learner_id) THEN (
           SELECT json_build_object(
                      'value', to_char(g.value / 100.0, 'FM990.00'),
                      'raw', to_char(g.hundredths / 100.0, 'FM990.00'),
                      'revision', g.interim_revision,
                      'state', CASE WHEN g.interim_revision = i.revision
                                     AND NOT w.open
                               THEN 'saved' ELSE 'stale' END,
                      'saved_at', acquis.instant(g.saved_at),
                      'author', b.ref)::text
             FROM grade g
             JOIN person_ref b ON b.school_id = g.school_id
                              AND b.id = g.author_id
            WHERE g.school_id = i.school_id AND g.interim_id = i.id
            ORDER BY g.revision DESC
            LIMIT 1) END AS grade
  FROM interim i
  JOIN school o ON o.school_id = i.school_id
  JOIN read_learner s ON s.school_id = i.school_id
                     AND s.learner_id = i.learner_id
  JOIN framework k ON k.key = i.framework_key
  JOIN interim_revision r ON r.school_id = i.school_id
                         AND r.interim_id = i.id AND r.revision = i.revision
  JOIN person_ref a ON a.school_id = r.school_id AND a.id = r.author_id
  JOIN learner_ref l ON l.school_id = i.school_id AND l.id = i.learner_id
  LEFT JOIN term t ON t.school_id = i.school_id AND t.id = i.term_id
 CROSS JOIN LATERAL (
       SELECT i.state = 'unlocked' AND i.unlock_ends_at > now() AS open,
              i.state = 'unlocked' AND i.unlock_ends_at > now()
                  AND acquis.roles() & 14 <> 0 AS shown,
              i.state = 'unlocked' AND i.unlock_ends_at > now()
                  AND (acquis.roles() & 2 <> 0
                       OR acquis.teaches_learner(i.learner_id)) AS changes) w;
