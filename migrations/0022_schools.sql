-- Several schools in one installation: each at an address of its own, or
-- several at one (M-001); a school that is suspended, and one that moves.

ALTER TABLE school
    ADD COLUMN host text UNIQUE    -- NULL: at any address that is nobody's
        CHECK (host = lower(host) AND length(host) <= 253
               AND host ~ '^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$'),
    ADD COLUMN suspended_at timestamptz; -- NULL: at work

-- The UAI of the school that has an address for itself, or NULL.
CREATE FUNCTION acquis.school_at(host text) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp
AS $$
    SELECT o.uai FROM school o
     WHERE o.host = lower(split_part($1, ':', 1))
$$;

-- A suspended school lets nobody in, by whatever way: that a session begins
-- waits for a suspension under way, which ends all there are.
CREATE FUNCTION acquis.session_begins() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp
AS $$
BEGIN
    PERFORM FROM school o
      WHERE o.school_id = NEW.school_id AND o.suspended_at IS NULL
        FOR KEY SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'school % is suspended', NEW.school_id
            USING ERRCODE = 'AQSUS';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER session_begins BEFORE INSERT ON session
    FOR EACH ROW EXECUTE FUNCTION acquis.session_begins();

-- Is the school that a key has just entered at work?  Where it is not, the
-- key is answered as one that was revoked.
CREATE FUNCTION acquis.at_work(school bigint) RETURNS boolean
LANGUAGE plpgsql VOLATILE
AS $$
BEGIN
    IF EXISTS (SELECT FROM public.school o
                WHERE o.school_id = school AND o.suspended_at IS NOT NULL) THEN
        RAISE EXCEPTION 'school % is suspended', school
            USING ERRCODE = 'AQ401';
    END IF;
    RETURN true;
END
$$;

-- Accounts of one login in several schools of one address: the person who
-- knows the password of one may be told where it is.
CREATE FUNCTION acquis.sign_in_several(login text, OUT uai text,
    OUT name text, OUT password text)
RETURNS SETOF record
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp
AS $$
    SELECT o.uai, o.name, c.password
      FROM person p
      JOIN school o ON o.school_id = p.school_id
      JOIN credential c ON c.school_id = p.school_id AND c.person_id = p.id
     WHERE p.login = lower($1) AND p.active
       AND NOT (c.must_change AND c.changed_at < now() - interval '7 days')
       AND o.host IS NULL
     ORDER BY o.uai
     LIMIT 9
$$;
REVOKE ALL ON FUNCTION acquis.school_at, acquis.session_begins,
    acquis.sign_in_several FROM PUBLIC;
GRANT EXECUTE ON FUNCTION acquis.school_at, acquis.sign_in_several
    TO acquis_api;

-- What an operator does to a school is told to it: in its journal, hence in
-- its traces.
CREATE FUNCTION acquis.school_noted(school bigint, act text) RETURNS void
LANGUAGE sql VOLATILE
SET search_path = public, pg_temp
AS $$
    INSERT INTO journal (school_id, act, subject, subject_id)
    VALUES ($1, $2, 'school', $1)
$$;

-- Suspends a school and ends its sessions; false where there is no such one.
CREATE FUNCTION acquis.school_suspend(uai text) RETURNS boolean
LANGUAGE plpgsql VOLATILE
SET search_path = public, pg_temp
AS $$
DECLARE
    found_id bigint;
BEGIN
    SELECT o.school_id INTO found_id FROM school o
     WHERE o.uai = $1 FOR UPDATE;
    IF found_id IS NULL THEN
        RETURN false;
    END IF;
    UPDATE school o SET suspended_at = coalesce(o.suspended_at, now())
     WHERE o.school_id = found_id;
    DELETE FROM session s WHERE s.school_id = found_id;
    PERFORM acquis.school_noted(found_id, 'school_suspended');
    RETURN true;
END
$$;

CREATE FUNCTION acquis.school_resume(uai text) RETURNS boolean
LANGUAGE plpgsql VOLATILE
SET search_path = public, pg_temp
AS $$
DECLARE
    found_id bigint;
BEGIN
    UPDATE school o SET suspended_at = NULL
     WHERE o.uai = $1
    RETURNING o.school_id INTO found_id;
    IF found_id IS NULL THEN
        RETURN false;
    END IF;
    PERFORM acquis.school_noted(found_id, 'school_resumed');
    RETURN true;
END
$$;
REVOKE ALL ON FUNCTION acquis.school_noted, acquis.school_suspend,
    acquis.school_resume FROM PUBLIC;
