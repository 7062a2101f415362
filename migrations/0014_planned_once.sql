-- PostgreSQL keeps the plan of a PL/pgSQL function for the connection; one in
-- SQL that it cannot inline it plans anew in every statement, which took
-- longer than to run it.

CREATE OR REPLACE FUNCTION acquis.sees_learner(learner bigint) RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL SAFE
AS $$
BEGIN
    RETURN EXISTS (SELECT FROM seen_learner s
                    WHERE s.school_id = acquis.school()
                      AND s.learner_id = learner);
END
$$;

CREATE OR REPLACE FUNCTION acquis.teaches_learner(learner bigint)
RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL SAFE
AS $$
BEGIN
    RETURN EXISTS (SELECT FROM taught_learner t
                    WHERE t.school_id = acquis.school()
                      AND t.learner_id = learner);
END
$$;

CREATE OR REPLACE FUNCTION acquis.sees_class(class bigint) RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL SAFE
AS $$
BEGIN
    RETURN EXISTS (SELECT FROM seen_class s
                    WHERE s.school_id = acquis.school()
                      AND s.class_id = class);
END
$$;

CREATE OR REPLACE FUNCTION acquis.seen_now(learner bigint, framework text)
RETURNS jsonb
LANGUAGE plpgsql STABLE
AS $$
BEGIN
    RETURN (SELECT coalesce(jsonb_object_agg(t.evaluation_id,
                                t.sheet_revision), '{}')
              FROM takeable t
             WHERE t.school_id = acquis.school()
               AND t.learner_id = learner
               AND t.framework_id = framework);
END
$$;

CREATE OR REPLACE FUNCTION acquis.term_at(framework text, day date)
RETURNS bigint
LANGUAGE plpgsql STABLE
AS $$
BEGIN
    RETURN (SELECT t.id
              FROM term t
             WHERE t.school_id = acquis.school()
               AND day BETWEEN t.starts_on AND t.ends_on
               AND (t.framework_ids = '{}'
                    OR framework = ANY (t.framework_ids))
             ORDER BY t.framework_ids = '{}', t.kind, t.id
             LIMIT 1);
END
$$;

CREATE OR REPLACE FUNCTION acquis.covered_now(interim bigint, revision integer)
RETURNS jsonb
LANGUAGE plpgsql STABLE
AS $$
BEGIN
    RETURN (SELECT coalesce(jsonb_object_agg(t.evaluation_id,
                                t.sheet_revision), '{}')
              FROM interim_cover c
              JOIN interim i ON i.school_id = c.school_id
                            AND i.id = c.interim_id
              JOIN takeable t ON t.school_id = c.school_id
                             AND t.evaluation_id = c.evaluation_id
                             AND t.learner_id = i.learner_id
             WHERE c.school_id = acquis.school()
               AND c.interim_id = interim
               AND c.revision = covered_now.revision);
END
$$;

CREATE OR REPLACE FUNCTION acquis.interim_shows(school bigint, interim bigint)
RETURNS boolean
LANGUAGE plpgsql STABLE
AS $$
BEGIN
    RETURN EXISTS (
        SELECT FROM interim a
          JOIN person p ON p.school_id = a.school_id AND p.id = a.learner_id
         WHERE a.school_id = school AND a.id = interim
           AND p.active AND a.state = 'confirmed'
           AND NOT EXISTS (SELECT FROM interim b
                            WHERE b.school_id = a.school_id
                              AND b.learner_id = a.learner_id
                              AND b.framework_key = a.framework_key
                              AND b.term_id IS NOT DISTINCT FROM a.term_id
                              AND b.state = 'confirmed'
                              AND (b.confirmed_at, b.id)
                                  > (a.confirmed_at, a.id)));
END
$$;

CREATE OR REPLACE FUNCTION acquis.division(school bigint, learner bigint)
RETURNS text
LANGUAGE plpgsql STABLE
AS $$
BEGIN
    RETURN (SELECT g.code
              FROM enrolment n
              JOIN class_group g ON g.school_id = n.school_id
                                AND g.id = n.class_id
             WHERE n.school_id = school AND n.learner_id = learner
               AND g.kind = 'class'
             ORDER BY n.active DESC, g.school_year DESC, n.since DESC, g.id DESC
             LIMIT 1);
END
$$;

-- Printing a class looks up the class of each learner it prints, not of the
-- whole school: a view that is DISTINCT takes no condition from a join.
CREATE OR REPLACE VIEW interim_print WITH (security_invoker) AS
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
  LEFT JOIN LATERAL (
       SELECT c.school_id, c.class_id
         FROM learner_class c
        WHERE c.school_id = p.school_id AND c.learner_id = p.id
        LIMIT 1) c ON true
  LEFT JOIN class_group g ON g.school_id = c.school_id AND g.id = c.class_id;
