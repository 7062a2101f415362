-- An unlock ends at its end, for readers too.
--
-- What had run out was locked again by the next write.  Until then the home
-- screen named it, its evaluations looked free, and a client that asked with
-- the tag of the open assessment was told that nothing had changed.  Now
-- whoever enters the school locks it first, as partners do already.
--
-- What is being changed is a draft again: the DDFPT and who teaches the
-- learner read it.  Everybody else reads what was confirmed; staff are told
-- that it is open, and why.

-- A reader waits for nobody: where somebody is at it just now, the next one
-- locks, and queries look at the clock anyway.
CREATE FUNCTION acquis.relock_on_entry() RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    patience text;
BEGIN
    IF NOT EXISTS (SELECT FROM interim i
                    WHERE i.school_id = acquis.school()
                      AND i.state = 'unlocked'
                      AND i.unlock_ends_at <= now()) THEN
        RETURN;
    END IF;
    patience := current_setting('lock_timeout');
    BEGIN
        PERFORM set_config('lock_timeout', '20ms', true);
        PERFORM acquis.relock();
        PERFORM set_config('lock_timeout', patience, true);
    EXCEPTION WHEN lock_not_available OR deadlock_detected THEN
        NULL; -- and lock_timeout is what it was
    END;
END
$$;
REVOKE ALL ON FUNCTION acquis.relock_on_entry FROM PUBLIC;

-- As before, and it locks.
-- $1 SHA-256 of the cookie   $2 roles allowed   $3 request id
CREATE OR REPLACE FUNCTION acquis.enter(token bytea, allowed integer,
    request text,
    OUT school_id bigint, OUT person_id bigint, OUT roles integer)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = public, pg_temp
AS $$
DECLARE
    s session%ROWTYPE;
BEGIN
    SELECT * INTO s FROM session WHERE session.token = enter.token;
    IF NOT FOUND OR s.expires_at <= now() OR s.seen_at + s.idle <= now() THEN
        RAISE EXCEPTION 'no session' USING ERRCODE = 'AQ401';
    END IF;
    IF s.roles & allowed = 0 THEN
        RAISE EXCEPTION 'role' USING ERRCODE = 'AQ403';
    END IF;
    -- A write a minute at most, and none where another request is at it: it
    -- would wait for the whole of that request's transaction.
    IF s.seen_at < now() - interval '1 minute' THEN
        UPDATE session SET seen_at = now()
         WHERE session.token = (SELECT k.token FROM session k
                                 WHERE k.token = enter.token
                                   FOR NO KEY UPDATE SKIP LOCKED);
    END IF;
    PERFORM set_config('acquis.school', s.school_id::text, true),
            set_config('acquis.person', s.person_id::text, true),
            set_config('acquis.roles', s.roles::text, true),
            set_config('acquis.request', coalesce(request, ''), true);
    PERFORM acquis.relock_on_entry();
    school_id := s.school_id;
    person_id := s.person_id;
    roles := s.roles;
END
$$;

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
                  AND acquis.roles() & 14 <> 0 AS shown,
              i.state = 'unlocked' AND i.unlock_ends_at > now()
                  AND (acquis.roles() & 2 <> 0
                       OR acquis.teaches_learner(i.learner_id)) AS changes) w;
