-- Interim assessments as they are read.
--
-- Whoever reads one meets the same rules: who may look, what an unlocked one
-- shows to whom, an unlock whose time is over is no unlock any more, and the
-- grade is shown to learners only where the school wants it.

-- Learners whose results the caller may read: administrators, who see
-- identities only, are not among those who may.
CREATE VIEW read_learner WITH (security_invoker) AS
SELECT s.school_id, s.learner_id
  FROM seen_learner s
 WHERE acquis.roles() & 14 <> 0
    OR acquis.roles() & 1 = 0;

-- A person as an answer names one.
CREATE VIEW person_ref WITH (security_invoker) AS
SELECT p.school_id, p.id,
       json_build_object('id', p.id::text, 'first_name', p.first_name,
           'last_name', coalesce(p.usual_name, p.last_name)) AS ref
  FROM person p;

-- A learner as an answer names one.
CREATE VIEW learner_ref WITH (security_invoker) AS
SELECT p.school_id, p.id,
       json_build_object('id', p.id::text, 'first_name', p.first_name,
           'last_name', coalesce(p.usual_name, p.last_name),
           'track', p.track, 'class_id', c.class_id::text,
           'class_code', c.class_code) AS ref
  FROM person p
  LEFT JOIN learner_class c ON c.school_id = p.school_id
                           AND c.learner_id = p.id;

CREATE VIEW interim_read WITH (security_invoker) AS
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
       CASE WHEN w.shown THEN i.positions ELSE r.positions END AS positions,
       CASE WHEN w.shown THEN i.findings ELSE r.findings END AS findings,
       CASE WHEN w.shown THEN i.advice ELSE r.advice END AS advice,
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
       CASE WHEN acquis.roles() & 14 <> 0 OR o.learners_see_grade THEN (
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
                  AND acquis.roles() & 14 <> 0 AS shown) w;

GRANT SELECT ON read_learner, person_ref, learner_ref, interim_read
    TO acquis_api;

-- Interim assessments as they are printed: the last confirmed revision,
-- whatever is being changed.
CREATE VIEW interim_print WITH (security_invoker) AS
SELECT i.school_id, i.id, i.learner_id, i.framework_key,
       k.id AS framework_id, i.confirmed_at,
       (i.confirmed_at AT TIME ZONE 'Europe/Paris')::date AS day,
       concat_ws(' ', CASE a.sex WHEN 'F' THEN 'Mme' WHEN 'M' THEN 'M.' END,
           a.first_name, upper(coalesce(a.usual_name, a.last_name)))
           AS author,
       i.revision, r.positions, r.findings, r.advice, p.first_name,
       coalesce(p.usual_name, p.last_name) AS last_name, p.birth_date,
       g.code AS class_name, o.name AS school_name, o.uai, o.city,
       -- A print is handed to the family, whoever asked for it.
       CASE WHEN o.learners_see_grade THEN (
           SELECT CASE WHEN n.interim_revision = i.revision
                       THEN to_char(n.value / 100.0, 'FM990.00') END
             FROM grade n
            WHERE n.school_id = i.school_id AND n.interim_id = i.id
            ORDER BY n.revision DESC
            LIMIT 1) END AS grade
  FROM interim i
  JOIN school o ON o.school_id = i.school_id
  JOIN read_learner s ON s.school_id = i.school_id
                     AND s.learner_id = i.learner_id
  JOIN framework k ON k.key = i.framework_key
  JOIN interim_revision r ON r.school_id = i.school_id
                         AND r.interim_id = i.id AND r.revision = i.revision
  JOIN person a ON a.school_id = r.school_id AND a.id = r.author_id
  JOIN person p ON p.school_id = i.school_id AND p.id = i.learner_id
  LEFT JOIN learner_class c ON c.school_id = p.school_id
                           AND c.learner_id = p.id
  LEFT JOIN class_group g ON g.school_id = c.school_id AND g.id = c.class_id;

GRANT SELECT ON interim_print TO acquis_api;
