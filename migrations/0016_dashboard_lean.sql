-- What a dashboard asks forty times over, made cheap to answer.

-- The items as text: to write an array takes longer than to find the row.
CREATE FUNCTION acquis.items_line(items smallint[]) RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
    RETURN items::text; -- of whole numbers: the same in every session
END
$$;
ALTER TABLE evaluation
    ADD COLUMN items_line text
        GENERATED ALWAYS AS (acquis.items_line(items)) STORED;

-- As before, with fewer statements inside.
-- $1 SHA-256 of the cookie   $2 roles allowed   $3 request id
CREATE OR REPLACE FUNCTION acquis.enter(token bytea, allowed integer,
    request text,
    OUT school_id bigint, OUT person_id bigint, OUT roles integer)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = public, pg_temp
AS $$
DECLARE
    s record;
    said text;
BEGIN
    SELECT k.school_id, k.person_id, k.roles, k.seen_at,
           k.expires_at <= now() OR k.seen_at + k.idle <= now() AS over,
           EXISTS (SELECT FROM interim i
                    WHERE i.school_id = k.school_id
                      AND i.state = 'unlocked'
                      AND i.unlock_ends_at <= now()) AS unlock_over
      INTO s
      FROM session k
     WHERE k.token = enter.token;
    IF NOT FOUND OR s.over THEN
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
    -- Assignments, for PERFORM runs a statement.
    said := set_config('acquis.school', s.school_id::text, true);
    said := set_config('acquis.person', s.person_id::text, true);
    said := set_config('acquis.roles', s.roles::text, true);
    said := set_config('acquis.request', coalesce(request, ''), true);
    IF s.unlock_over THEN
        PERFORM acquis.relock_on_entry();
    END IF;
    school_id := s.school_id;
    person_id := s.person_id;
    roles := s.roles;
END
$$;
