-- A second factor: a code of the hour from a telephone (RFC 6238), or one of
-- ten that are kept on paper.
--
-- A session that lacks something is good for its own account only (bit 512)
-- and says what: the code (`factor`), then a new password (`password`), then
-- a second factor where the school wants one of who runs it (`enrol`).

ALTER TABLE school ADD COLUMN second_factor text NOT NULL DEFAULT 'offered'
    CHECK (second_factor IN ('offered', 'required'));
GRANT UPDATE (second_factor) ON school TO acquis_api;

ALTER TABLE session ADD COLUMN stage text
    CHECK (stage IN ('factor', 'password', 'enrol')); -- NULL: lacks nothing

CREATE TABLE second_factor (
    school_id  bigint NOT NULL REFERENCES school,
    person_id  bigint NOT NULL,
    secret     bytea  NOT NULL CHECK (length(secret) = 20),
    last_step  bigint NOT NULL DEFAULT 0, -- of the last code: none comes twice
    made_at    timestamptz NOT NULL DEFAULT now(),
    confirmed_at timestamptz,             -- NULL: not shown to work yet
    PRIMARY KEY (school_id, person_id),
    FOREIGN KEY (school_id, person_id) REFERENCES person
);
ALTER TABLE second_factor ENABLE ROW LEVEL SECURITY;

CREATE TABLE recovery_code (
    school_id  bigint NOT NULL,
    person_id  bigint NOT NULL,
    code       bytea  NOT NULL,           -- SHA-256
    used_at    timestamptz,               -- NULL: not used
    PRIMARY KEY (school_id, person_id, code),
    FOREIGN KEY (school_id, person_id) REFERENCES second_factor
        ON DELETE CASCADE
);
ALTER TABLE recovery_code ENABLE ROW LEVEL SECURITY;

-- What a session of somebody may do.
-- $3 whether the second factor was shown
CREATE FUNCTION acquis.session_stage(school bigint, person bigint,
    shown boolean, OUT bits integer, OUT stage text)
LANGUAGE plpgsql STABLE
SET search_path = public, pg_temp
AS $$
DECLARE
    enrolled boolean := EXISTS (SELECT FROM second_factor f
        WHERE f.school_id = school AND f.person_id = person
          AND f.confirmed_at IS NOT NULL);
BEGIN
    SELECT coalesce(bit_or(CASE role
               WHEN 'administrator' THEN 1 WHEN 'ddfpt' THEN 2
               WHEN 'head' THEN 4 WHEN 'teacher' THEN 8
               WHEN 'learner' THEN 16 WHEN 'guardian' THEN 32
               WHEN 'tutor' THEN 64 WHEN 'master' THEN 128 END), 0)
      INTO bits FROM person_role r
     WHERE r.school_id = school AND r.person_id = person;
    stage := CASE
        WHEN enrolled AND NOT shown THEN 'factor'
        WHEN (SELECT c.must_change FROM credential c
               WHERE c.school_id = school AND c.person_id = person)
        THEN 'password'
        WHEN bits & 7 <> 0 AND NOT enrolled
             AND (SELECT o.second_factor FROM school o
                   WHERE o.school_id = school) = 'required'
        THEN 'enrol' END;
    IF stage IS NOT NULL THEN
        bits := 512;
    END IF;
END
$$;

-- A session goes on to what it lacks next.
CREATE FUNCTION acquis.session_go_on(token bytea) RETURNS void
LANGUAGE sql VOLATILE
SET search_path = public, pg_temp
AS $$
    UPDATE session s SET roles = g.bits, stage = g.stage
      FROM session k
     CROSS JOIN LATERAL acquis.session_stage(k.school_id, k.person_id, true) g
     WHERE s.token = $1 AND k.token = s.token
$$;

-- As before, and a session of what is asked for first.
CREATE OR REPLACE FUNCTION acquis.session_open(school bigint, person bigint,
    token bytea, device bytea DEFAULT NULL, browser text DEFAULT NULL,
    system text DEFAULT NULL, language text DEFAULT 'fr') RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = public, pg_temp
AS $$
DECLARE
    staff boolean;
    at bigint;
    fresh boolean;
BEGIN
    IF device IS NOT NULL THEN
        INSERT INTO device AS d (school_id, person_id, token, browser, system,
                                 noticed)
        SELECT school, person, session_open.device, session_open.browser,
               session_open.system,
               NOT EXISTS (SELECT FROM device o WHERE o.school_id = school
                              AND o.person_id = person)
        ON CONFLICT ON CONSTRAINT device_is_one DO UPDATE
           SET last_seen_at = now(), browser = EXCLUDED.browser,
               system = EXCLUDED.system
        RETURNING d.id, d.xmax = 0 AND NOT d.noticed INTO at, fresh;
    END IF;
    IF fresh THEN
        PERFORM acquis.mail_put(school, person,
            acquis.address_of(school, person), 'new_device', language,
            nullif(concat_ws(', ', browser, system), ''), NULL);
    END IF;
    staff := EXISTS (SELECT FROM person_role r
        WHERE r.school_id = school AND r.person_id = person
          AND r.role IN ('administrator', 'ddfpt', 'head', 'teacher'));
    INSERT INTO session (token, school_id, person_id, roles, stage, idle,
                         expires_at, device_id)
    SELECT session_open.token, school, person, g.bits, g.stage,
           CASE WHEN staff THEN interval '2 hours'
                ELSE interval '30 minutes' END,
           now() + interval '12 hours', at
      FROM credential c
     CROSS JOIN LATERAL acquis.session_stage(school, person, false) g
     WHERE c.school_id = school AND c.person_id = person;
    DELETE FROM sign_in_try
     WHERE whose IN (concat_ws(':', school, person),
                     concat_ws(':', school, person, at));
    DELETE FROM session s
     WHERE s.school_id = school AND s.person_id = person
       AND s.expires_at < now();
    INSERT INTO journal (school_id, person_id, act, subject, subject_id)
    VALUES (school, person, 'sign_in', 'person', person);
END
$$;

DROP FUNCTION acquis.session_facts(bytea);
CREATE FUNCTION acquis.session_facts(token bytea,
    OUT idle_seconds integer, OUT expires_at timestamptz, OUT stage text)
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp
AS $$
    SELECT extract(epoch FROM s.idle)::integer, s.expires_at, s.stage
      FROM session s
     WHERE s.token = $1
$$;

-- As before; not while the second factor is still to be shown, and the person
-- is told by mail.
CREATE OR REPLACE FUNCTION acquis.password_set(person bigint, password text,
    must_change boolean, kept bytea) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = public, pg_temp
AS $$
BEGIN
    IF person <> acquis.person() AND NOT acquis.manages(person) THEN
        RETURN false;
    END IF;
    IF EXISTS (SELECT FROM session s
                WHERE s.token = kept AND s.stage = 'factor') THEN
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
    PERFORM acquis.session_go_on($4);
    PERFORM acquis.mail_put(acquis.school(), person,
        acquis.address_of(acquis.school(), person), 'password_changed', 'fr',
        NULL, NULL);
    PERFORM acquis.note('password', 'person', $1, NULL, NULL, NULL);
    RETURN true;
END
$$;

-- --- inside an entered transaction, of oneself ---

CREATE FUNCTION acquis.factor_own(OUT state text, OUT confirmed_at timestamptz,
    OUT codes_left bigint, OUT required boolean)
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp
AS $$
    SELECT CASE WHEN f.confirmed_at IS NOT NULL THEN 'on' ELSE 'off' END,
           f.confirmed_at,
           (SELECT count(*) FROM recovery_code c
             WHERE c.school_id = o.school_id
               AND c.person_id = acquis.person() AND c.used_at IS NULL),
           o.second_factor = 'required'
           AND EXISTS (SELECT FROM person_role r
                        WHERE r.school_id = o.school_id
                          AND r.person_id = acquis.person()
                          AND r.role IN ('administrator', 'ddfpt', 'head'))
      FROM school o
      LEFT JOIN second_factor f ON f.school_id = o.school_id
                               AND f.person_id = acquis.person()
     WHERE o.school_id = acquis.school()
$$;

-- A secret to be confirmed; false where there is a confirmed one.
CREATE FUNCTION acquis.factor_begin(secret bytea) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = public, pg_temp
AS $$
BEGIN
    INSERT INTO second_factor AS f (school_id, person_id, secret)
    VALUES (acquis.school(), acquis.person(), $1)
    ON CONFLICT (school_id, person_id) DO UPDATE
       SET secret = EXCLUDED.secret, made_at = now(), last_step = 0
     WHERE f.confirmed_at IS NULL;
    RETURN FOUND;
END
$$;

-- What a code is to be checked against, by the clock of the base; counted
-- first, as a password is.
CREATE FUNCTION acquis.factor_try(OUT secret bytea, OUT step bigint,
    OUT confirmed boolean, OUT throttled boolean)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = public, pg_temp
AS $$
BEGIN
    SELECT f.secret, f.confirmed_at IS NOT NULL INTO secret, confirmed
      FROM second_factor f
     WHERE f.school_id = acquis.school() AND f.person_id = acquis.person();
    step := floor(extract(epoch FROM now()) / 30);
    throttled := NOT acquis.try_count('factor:' || acquis.school() || ':'
        || acquis.person(), 10, interval '15 minutes');
END
$$;

-- Uses a code: its step, which must be later than any before, or the digest
-- of one on paper.  Of two at the same moment one finds nothing.
CREATE FUNCTION acquis.factor_use(step bigint, code bytea) RETURNS boolean
LANGUAGE plpgsql VOLATILE
SET search_path = public, pg_temp
AS $$
BEGIN
    IF step IS NOT NULL THEN
        UPDATE second_factor f SET last_step = step
         WHERE f.school_id = acquis.school()
           AND f.person_id = acquis.person() AND f.last_step < step;
    ELSE
        UPDATE recovery_code c SET used_at = now()
         WHERE c.school_id = acquis.school()
           AND c.person_id = acquis.person() AND c.code = factor_use.code
           AND c.used_at IS NULL;
    END IF;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    DELETE FROM sign_in_try t
     WHERE t.whose = 'factor:' || acquis.school() || ':' || acquis.person();
    RETURN true;
END
$$;

CREATE FUNCTION acquis.factor_codes(codes bytea[]) RETURNS void
LANGUAGE sql VOLATILE
SET search_path = public, pg_temp
AS $$
    DELETE FROM recovery_code c
     WHERE c.school_id = acquis.school() AND c.person_id = acquis.person();
    INSERT INTO recovery_code (school_id, person_id, code)
    SELECT acquis.school(), acquis.person(), x FROM unnest($1) x
$$;

-- The first code of a new telephone: from now on one is asked for.
CREATE FUNCTION acquis.factor_confirm(step bigint, codes bytea[],
    token bytea, language text) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = public, pg_temp
AS $$
BEGIN
    IF NOT acquis.factor_use(step, NULL) THEN
        RETURN false;
    END IF;
    UPDATE second_factor f SET confirmed_at = now()
     WHERE f.school_id = acquis.school() AND f.person_id = acquis.person()
       AND f.confirmed_at IS NULL;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    PERFORM acquis.factor_codes(codes);
    PERFORM acquis.session_go_on(token);
    PERFORM acquis.mail_put(acquis.school(), acquis.person(),
        acquis.address_of(acquis.school(), acquis.person()),
        'second_factor_on', language, NULL, NULL);
    PERFORM acquis.note('second_factor_on', 'person', acquis.person(), NULL,
        NULL, NULL);
    RETURN true;
END
$$;

-- Signing in, second step: the session goes on, with another token.
CREATE FUNCTION acquis.factor_pass(step bigint, code bytea, token bytea,
    fresh bytea) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = public, pg_temp
AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM session s WHERE s.token = $3
                      AND s.stage = 'factor')
        OR NOT acquis.factor_use(step, code) THEN
        RETURN false;
    END IF;
    UPDATE session s SET token = fresh WHERE s.token = $3;
    PERFORM acquis.session_go_on(fresh);
    PERFORM acquis.note(CASE WHEN step IS NULL THEN 'recovery_code'
        ELSE 'second_factor' END, 'person', acquis.person(), NULL, NULL, NULL);
    RETURN true;
END
$$;

-- New codes on paper; the ones before are worth nothing.
CREATE FUNCTION acquis.factor_renew(codes bytea[]) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = public, pg_temp
AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM second_factor f
                    WHERE f.school_id = acquis.school()
                      AND f.person_id = acquis.person()
                      AND f.confirmed_at IS NOT NULL) THEN
        RETURN false;
    END IF;
    PERFORM acquis.factor_codes(codes);
    PERFORM acquis.note('recovery_codes', 'person', acquis.person(), NULL,
        NULL, NULL);
    RETURN true;
END
$$;

-- No second factor any more: one's own, or that of somebody who lost it, by
-- an administrator, and then no session either.
CREATE FUNCTION acquis.factor_drop(whose bigint, token bytea, language text)
RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = public, pg_temp
AS $$
BEGIN
    IF whose <> acquis.person() AND acquis.roles() & 1 = 0 THEN
        RETURN false;
    END IF;
    DELETE FROM second_factor f
     WHERE f.school_id = acquis.school() AND f.person_id = whose
       AND f.confirmed_at IS NOT NULL;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    DELETE FROM session s
     WHERE s.school_id = acquis.school() AND s.person_id = whose
       AND s.token IS DISTINCT FROM factor_drop.token;
    PERFORM acquis.session_go_on(factor_drop.token);
    PERFORM acquis.mail_put(acquis.school(), whose,
        acquis.address_of(acquis.school(), whose), 'second_factor_off',
        language, NULL, NULL);
    PERFORM acquis.note('second_factor_off', 'person', whose, NULL, NULL,
        NULL);
    RETURN true;
END
$$;

REVOKE ALL ON FUNCTION acquis.session_stage, acquis.session_go_on,
    acquis.session_facts, acquis.factor_own, acquis.factor_begin,
    acquis.factor_try, acquis.factor_use, acquis.factor_codes,
    acquis.factor_confirm, acquis.factor_pass, acquis.factor_renew,
    acquis.factor_drop FROM PUBLIC;
GRANT EXECUTE ON FUNCTION acquis.session_facts, acquis.factor_own,
    acquis.factor_begin, acquis.factor_try, acquis.factor_confirm,
    acquis.factor_pass, acquis.factor_renew, acquis.factor_drop
    TO acquis_api;
