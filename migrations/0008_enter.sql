-- Who is asking.
--
-- enter() is the first statement of every batch of an authenticated request.
-- It finds the session, checks the role, and sets school, person and roles
-- for the transaction; row-level security does the rest.  When it refuses,
-- PostgreSQL skips what follows and nothing has been read.
--
-- These functions belong to the owner, who sees sessions, credentials and
-- keys; the API role can call them and cannot read those tables.

CREATE FUNCTION acquis.become(school bigint, person bigint, roles integer,
    request text) RETURNS void
LANGUAGE sql VOLATILE
BEGIN ATOMIC
    SELECT set_config('acquis.school', $1::text, true),
           set_config('acquis.person', coalesce($2::text, ''), true),
           set_config('acquis.roles', $3::text, true),
           set_config('acquis.request', coalesce($4, ''), true);
END;
REVOKE ALL ON FUNCTION acquis.become FROM PUBLIC;

-- $1 SHA-256 of the cookie   $2 roles allowed   $3 request id
CREATE FUNCTION acquis.enter(token bytea, allowed integer, request text,
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
    school_id := s.school_id;
    person_id := s.person_id;
    roles := s.roles;
END
$$;

-- The same for a partner's key.
-- $1 public prefix  $2 SHA-256 of the secret  $3 scope, NULL for any
-- $4 address of the caller  $5 request id
CREATE FUNCTION acquis.enter_partner(prefix text, secret bytea, scope text,
    address inet, request text,
    OUT school_id bigint, OUT person_id bigint, OUT roles integer)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = public, pg_temp
AS $$
DECLARE
    a partner_access%ROWTYPE;
BEGIN
    SELECT * INTO a FROM partner_access p WHERE p.prefix = $1;
    IF NOT FOUND OR a.secret <> $2 OR a.expires_at <= now()
        OR a.revoked_at IS NOT NULL THEN
        RAISE EXCEPTION 'no access' USING ERRCODE = 'AQ401';
    END IF;
    IF cardinality(a.networks) > 0
        AND NOT coalesce(address <<= ANY (a.networks), false) THEN
        RAISE EXCEPTION 'address' USING ERRCODE = 'AQADR';
    END IF;
    IF scope IS NOT NULL AND NOT scope = ANY (a.scopes) THEN
        RAISE EXCEPTION 'scope' USING ERRCODE = 'AQSCP';
    END IF;
    PERFORM set_config('acquis.school', a.school_id::text, true),
            set_config('acquis.person', '', true),
            set_config('acquis.roles', '256', true),
            set_config('acquis.access', a.id::text, true),
            set_config('acquis.request', coalesce(request, ''), true);
    school_id := a.school_id;
    person_id := a.id;
    roles := 256;
END
$$;

-- Tries to sign in, by person, or by login where there is no such person.
CREATE TABLE sign_in_try (
    whose    text PRIMARY KEY,
    failures integer NOT NULL,
    since    timestamptz NOT NULL
);

-- What a sign-in has to be checked against.  The try is counted before the
-- password is looked at, so that many at once are no way around; a sign-in
-- that goes well forgets them.  An unknown login is counted and answered like
-- a known one: `password` is NULL and the caller spends the same time on a
-- password nobody has.
-- $1 UAI, or NULL where the login is enough  $2 login
CREATE FUNCTION acquis.sign_in_begin(uai text, login text,
    OUT school_id bigint, OUT person_id bigint, OUT password text,
    OUT throttled boolean)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = public, pg_temp
AS $$
DECLARE
    tries integer;
BEGIN
    SELECT min(c.school_id), min(c.person_id), min(c.password)
      INTO school_id, person_id, password
      FROM person p
      JOIN school o ON o.school_id = p.school_id
      JOIN credential c ON c.school_id = p.school_id AND c.person_id = p.id
     WHERE p.login = lower($2) AND p.active
       -- A one-time password that nobody used in a week opens nothing.
       AND NOT (c.must_change AND c.changed_at < now() - interval '7 days')
       AND ($1 IS NULL OR o.uai = upper($1))
    HAVING count(*) = 1;
    INSERT INTO sign_in_try AS t (whose, failures, since)
    VALUES (coalesce(school_id || ':' || person_id, lower($2)), 1, now())
    ON CONFLICT (whose) DO UPDATE
       SET failures = CASE WHEN t.since > now() - interval '15 minutes'
                           THEN t.failures + 1 ELSE 1 END,
           since = CASE WHEN t.since > now() - interval '15 minutes'
                        THEN t.since ELSE now() END
    RETURNING failures INTO tries;
    throttled := tries > 10;
    -- Old ones go with one in a hundred tries.
    IF random() < 0.01 THEN
        DELETE FROM sign_in_try WHERE since < now() - interval '1 hour';
    END IF;
END
$$;

-- A sign-in that went well: a new session, always with a new token.
-- Learners, guardians and tutors 30 minutes idle, staff two hours; twelve
-- hours at most.  Who must change the password first gets a session that is
-- good for nothing else: bit 512, ROLE_LIMITED of api/route.h.
CREATE FUNCTION acquis.session_open(school bigint, person bigint,
    token bytea) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = public, pg_temp
AS $$
DECLARE
    bits integer;
BEGIN
    SELECT coalesce(bit_or(CASE role
               WHEN 'administrator' THEN 1 WHEN 'ddfpt' THEN 2
               WHEN 'head' THEN 4 WHEN 'teacher' THEN 8
               WHEN 'learner' THEN 16 WHEN 'guardian' THEN 32
               WHEN 'tutor' THEN 64 WHEN 'master' THEN 128 END), 0)
      INTO bits FROM person_role r
     WHERE r.school_id = school AND r.person_id = person;
    INSERT INTO session (token, school_id, person_id, roles, idle, expires_at)
    SELECT session_open.token, school, person,
           CASE WHEN c.must_change THEN 512 ELSE bits END,
           CASE WHEN bits & 15 <> 0 THEN interval '2 hours'
                ELSE interval '30 minutes' END,
           now() + interval '12 hours'
      FROM credential c
     WHERE c.school_id = school AND c.person_id = person;
    DELETE FROM sign_in_try WHERE whose = school || ':' || person;
    DELETE FROM session s
     WHERE s.school_id = school AND s.person_id = person
       AND s.expires_at < now();
    INSERT INTO journal (school_id, person_id, act, subject, subject_id)
    VALUES (school, person, 'sign_in', 'person', person);
END
$$;

-- What a browser is told about its own session.
CREATE FUNCTION acquis.session_facts(token bytea,
    OUT idle_seconds integer, OUT expires_at timestamptz,
    OUT must_change boolean)
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp
AS $$
    SELECT extract(epoch FROM s.idle)::integer, s.expires_at, c.must_change
      FROM session s
      JOIN credential c ON c.school_id = s.school_id
                       AND c.person_id = s.person_id
     WHERE s.token = $1
$$;

CREATE FUNCTION acquis.session_close(token bytea) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER
SET search_path = public, pg_temp
AS $$
    DELETE FROM session WHERE session.token = $1
$$;

-- Inside an entered transaction: one's own password hash, to check it.
CREATE FUNCTION acquis.own_password() RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp
AS $$
    SELECT password FROM credential
     WHERE school_id = acquis.school() AND person_id = acquis.person()
$$;

-- Sets a password and ends every session of the person but the one given.
-- Anybody for oneself; an administrator for anybody of the school.
CREATE FUNCTION acquis.password_set(person bigint, password text,
    must_change boolean, kept bytea) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = public, pg_temp
AS $$
BEGIN
    IF person <> acquis.person() AND acquis.roles() & 1 = 0 THEN
        RETURN false;
    END IF;
    INSERT INTO credential (school_id, person_id, password, must_change)
    SELECT p.school_id, p.id, $2, $3 FROM person p
     WHERE p.school_id = acquis.school() AND p.id = $1
    ON CONFLICT (school_id, person_id) DO UPDATE
       SET password = EXCLUDED.password, must_change = EXCLUDED.must_change,
           changed_at = now();
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    DELETE FROM session s
     WHERE s.school_id = acquis.school() AND s.person_id = $1
       AND ($4 IS NULL OR s.token <> $4);
    UPDATE session s SET roles = (
        SELECT coalesce(bit_or(CASE role
                   WHEN 'administrator' THEN 1 WHEN 'ddfpt' THEN 2
                   WHEN 'head' THEN 4 WHEN 'teacher' THEN 8
                   WHEN 'learner' THEN 16 WHEN 'guardian' THEN 32
                   WHEN 'tutor' THEN 64 WHEN 'master' THEN 128 END), 0)
          FROM person_role r
         WHERE r.school_id = s.school_id AND r.person_id = s.person_id)
     WHERE s.token = $4 AND s.roles = 512;
    PERFORM acquis.note('password', 'person', $1, NULL, NULL, NULL);
    RETURN true;
END
$$;

REVOKE ALL ON FUNCTION acquis.enter, acquis.enter_partner,
    acquis.sign_in_begin, acquis.session_open, acquis.session_close,
    acquis.session_facts, acquis.own_password, acquis.password_set
    FROM PUBLIC;
GRANT EXECUTE ON FUNCTION acquis.enter, acquis.enter_partner,
    acquis.sign_in_begin, acquis.session_open,
    acquis.session_close, acquis.session_facts, acquis.own_password,
    acquis.password_set
    TO acquis_api;
