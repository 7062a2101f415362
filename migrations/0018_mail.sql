-- Mail, and what people do with an address: a forgotten password, an address
-- of one's own, the devices that one signs in from.
--
-- A mail is a row written in the transaction of what causes it; a thread of
-- the server sends it later, and again where that fails.  What a link in a
-- mail opens is a secret: it is made when the mail leaves, and only its digest
-- is kept, so that nobody who reads the base can follow it.

-- Confirmed by the person; what the national files say stands beside it and
-- may change with each of them.
ALTER TABLE person ADD COLUMN own_email text; -- NULL: none

CREATE TABLE mail (
    school_id  bigint NOT NULL REFERENCES school,
    id         bigint GENERATED ALWAYS AS IDENTITY,
    person_id  bigint NOT NULL,
    address    text   NOT NULL,
    template   text   NOT NULL CHECK (template IN ('reset', 'email_confirm',
                   'email_asked', 'email_changed', 'password_changed',
                   'new_device', 'second_factor_on', 'second_factor_off',
                   'token_made', 'test')),
    language   text   NOT NULL CHECK (language IN ('fr', 'en')),
    detail     text,               -- a device, an address; NULL: nothing
    link_id    bigint,             -- NULL: carries none
    created_at timestamptz NOT NULL DEFAULT now(),
    give_up_at timestamptz NOT NULL,
    tries      integer     NOT NULL DEFAULT 0,
    -- While one is being sent this is when somebody else may: a server that
    -- was killed never says how it ended.
    try_at     timestamptz NOT NULL DEFAULT now(),
    sent_at    timestamptz,        -- NULL: not yet
    failed_at  timestamptz,        -- NULL: not given up
    reason     text,               -- of the last failure, as it was told
    PRIMARY KEY (school_id, id),
    FOREIGN KEY (school_id, person_id) REFERENCES person,
    CONSTRAINT mail_ends_once CHECK (sent_at IS NULL OR failed_at IS NULL)
);
CREATE INDEX mail_due ON mail (try_at)
    WHERE sent_at IS NULL AND failed_at IS NULL;
CREATE INDEX mail_age ON mail (created_at);
CALL acquis.guard('mail', 'SELECT');

-- What a link opens, once, for a while.
CREATE TABLE mail_link (
    school_id  bigint NOT NULL REFERENCES school,
    id         bigint GENERATED ALWAYS AS IDENTITY,
    person_id  bigint NOT NULL,
    purpose    text   NOT NULL CHECK (purpose IN ('reset', 'email')),
    address    text   NOT NULL,    -- where it went
    digest     bytea  UNIQUE,      -- SHA-256; NULL: the mail has not left
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz,        -- NULL: the mail has not left
    used_at    timestamptz,        -- NULL: not used
    PRIMARY KEY (school_id, id),
    FOREIGN KEY (school_id, person_id) REFERENCES person
);
CREATE INDEX mail_link_person ON mail_link (school_id, person_id, purpose);
ALTER TABLE mail_link ENABLE ROW LEVEL SECURITY;

-- Forgotten passwords, as typed.  Whose they are is looked up by the sender,
-- so that the answer to a known login takes as long as to an unknown one.
CREATE TABLE forgotten (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    uai      text,                 -- NULL: the login is enough
    login    text NOT NULL,
    language text NOT NULL,
    at       timestamptz NOT NULL DEFAULT now()
);

-- Where to write to somebody; NULL: nowhere.
CREATE FUNCTION acquis.address_of(school bigint, person bigint) RETURNS text
LANGUAGE sql STABLE
SET search_path = public, pg_temp
AS $$
    SELECT nullif(coalesce(p.own_email, p.email), '') FROM person p
     WHERE p.school_id = $1 AND p.id = $2
$$;

-- A mail to a person; none where no address is known.
CREATE FUNCTION acquis.mail_put(school bigint, person bigint, address text,
    template text, language text, detail text, link bigint) RETURNS void
LANGUAGE sql VOLATILE
SET search_path = public, pg_temp
AS $$
    INSERT INTO mail (school_id, person_id, address, template, language,
                      detail, link_id, give_up_at)
    SELECT $1, $2, $3, $4, $5, $6, $7,
           now() + CASE $4 WHEN 'reset' THEN interval '1 day'
                           ELSE interval '3 days' END
     WHERE $3 IS NOT NULL
$$;

-- A link that is to go to an address, and the mail that takes it there.
CREATE FUNCTION acquis.link_put(school bigint, person bigint, purpose text,
    address text, template text, language text) RETURNS void
LANGUAGE plpgsql VOLATILE
SET search_path = public, pg_temp
AS $$
DECLARE
    made bigint;
BEGIN
    INSERT INTO mail_link (school_id, person_id, purpose, address)
    VALUES (school, person, purpose, address)
    RETURNING id INTO made;
    PERFORM acquis.mail_put(school, person, address, template, language, NULL,
        made);
END
$$;

-- Counts a try of something; false from the next after `most` in the window.
CREATE FUNCTION acquis.try_count(whose text, most integer, during interval)
RETURNS boolean
LANGUAGE plpgsql VOLATILE
SET search_path = public, pg_temp
AS $$
DECLARE
    tries integer;
BEGIN
    INSERT INTO sign_in_try AS t (whose, failures, since)
    VALUES ($1, 1, now())
    ON CONFLICT ON CONSTRAINT sign_in_try_pkey DO UPDATE
       SET failures = CASE WHEN t.since > now() - during
                           THEN t.failures + 1 ELSE 1 END,
           since = CASE WHEN t.since > now() - during
                        THEN t.since ELSE now() END
    RETURNING failures INTO tries;
    -- Old ones go with one in a hundred tries.
    IF random() < 0.01 THEN
        DELETE FROM sign_in_try s WHERE s.since < now() - interval '1 day';
    END IF;
    RETURN tries <= most;
END
$$;

-- The one account of a login, or nothing.
-- $1 UAI, or NULL where the login is enough  $2 login
CREATE FUNCTION acquis.account_of(uai text, login text,
    OUT school_id bigint, OUT person_id bigint)
LANGUAGE sql STABLE
SET search_path = public, pg_temp
AS $$
    SELECT min(c.school_id), min(c.person_id)
      FROM person p
      JOIN school o ON o.school_id = p.school_id
      JOIN credential c ON c.school_id = p.school_id AND c.person_id = p.id
     WHERE p.login = lower($2) AND p.active
       AND ($1 IS NULL OR o.uai = upper($1))
    HAVING count(*) = 1
$$;

-- Somebody says that a password is forgotten.  False: too often.
CREATE FUNCTION acquis.forget(uai text, login text, language text)
RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = public, pg_temp
AS $$
BEGIN
    IF NOT acquis.try_count('forgotten:' || lower(login), 5,
                            interval '15 minutes') THEN
        RETURN false;
    END IF;
    INSERT INTO forgotten (uai, login, language) VALUES ($1, lower($2), $3);
    RETURN true;
END
$$;

-- Links for those who forgot and can be written to; nobody gets more than
-- three an hour.
CREATE FUNCTION acquis.forgotten_answer() RETURNS void
LANGUAGE plpgsql VOLATILE
SET search_path = public, pg_temp
AS $$
DECLARE
    f forgotten%ROWTYPE;
    who record;
BEGIN
    FOR f IN DELETE FROM forgotten d WHERE d.id IN (
                 SELECT k.id FROM forgotten k ORDER BY k.id LIMIT 20
                    FOR UPDATE SKIP LOCKED)
             RETURNING d.* LOOP
        SELECT a.school_id, a.person_id,
               acquis.address_of(a.school_id, a.person_id) AS address
          INTO who FROM acquis.account_of(f.uai, f.login) a;
        CONTINUE WHEN who.address IS NULL
            OR f.at < now() - interval '1 day'
            OR (SELECT count(*) FROM mail_link l
                 WHERE l.school_id = who.school_id
                   AND l.person_id = who.person_id AND l.purpose = 'reset'
                   AND l.created_at > now() - interval '1 hour') >= 3;
        PERFORM acquis.link_put(who.school_id, who.person_id, 'reset',
            who.address, 'reset', f.language);
        INSERT INTO journal (school_id, act, subject, subject_id)
        VALUES (who.school_id, 'forgotten', 'person', who.person_id);
    END LOOP;
END
$$;

-- The next mail that is due, for the sender: it has it for three minutes.
CREATE FUNCTION acquis.mail_take(OUT school_id bigint, OUT id bigint,
    OUT address text, OUT template text, OUT language text, OUT detail text,
    OUT link_id bigint, OUT name text, OUT login text, OUT school text,
    OUT written bigint, OUT tries integer)
RETURNS SETOF record
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = public, pg_temp
AS $$
BEGIN
    PERFORM acquis.forgotten_answer();
    UPDATE mail m SET failed_at = now(), reason = coalesce(m.reason, 'late')
     WHERE m.sent_at IS NULL AND m.failed_at IS NULL
       AND m.try_at <= now() AND m.give_up_at <= now();
    RETURN QUERY
    WITH taken AS (
        UPDATE mail m
           SET tries = m.tries + 1, try_at = now() + interval '3 minutes'
         WHERE (m.school_id, m.id) = (
                SELECT k.school_id, k.id FROM mail k
                 WHERE k.sent_at IS NULL AND k.failed_at IS NULL
                   AND k.try_at <= now()
                 ORDER BY k.try_at LIMIT 1
                   FOR NO KEY UPDATE SKIP LOCKED)
        RETURNING m.*
    )
    SELECT t.school_id, t.id, t.address, t.template, t.language, t.detail,
           t.link_id, concat_ws(' ', p.first_name,
               coalesce(p.usual_name, p.last_name)), p.login, o.name,
           extract(epoch FROM t.created_at)::bigint, t.tries
      FROM taken t
      JOIN person p ON p.school_id = t.school_id AND p.id = t.person_id
      JOIN school o ON o.school_id = t.school_id;
    IF random() < 0.01 THEN
        DELETE FROM mail m WHERE m.created_at < now() - interval '60 days'
           AND (m.sent_at IS NOT NULL OR m.failed_at IS NOT NULL);
    END IF;
END
$$;

-- The secret of the link that leaves with a mail: good for an hour where it
-- opens an account, for a day where it confirms an address.
CREATE FUNCTION acquis.mail_link_set(school bigint, link bigint, digest bytea)
RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER
SET search_path = public, pg_temp
AS $$
    UPDATE mail_link l
       SET digest = $3,
           expires_at = now() + CASE l.purpose
               WHEN 'reset' THEN interval '1 hour' ELSE interval '1 day' END
     WHERE l.school_id = $1 AND l.id = $2 AND l.used_at IS NULL
$$;

-- How a sending ended.  $3 NULL: well; else why not.  $4 in how many seconds
-- to try again, NULL: never.
CREATE FUNCTION acquis.mail_done(school bigint, mail bigint, reason text,
    later integer) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER
SET search_path = public, pg_temp
AS $$
    UPDATE mail m
       SET sent_at = CASE WHEN $3 IS NULL THEN now() END,
           failed_at = CASE WHEN $3 IS NOT NULL AND $4 IS NULL
                            THEN now() END,
           reason = $3,
           try_at = now() + make_interval(secs => coalesce($4, 0))
     WHERE m.school_id = $1 AND m.id = $2
       AND m.sent_at IS NULL AND m.failed_at IS NULL
$$;

-- Inside an entered transaction: a mail to oneself; false without an address.
CREATE FUNCTION acquis.mail_own(template text, language text) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = public, pg_temp
AS $$
DECLARE
    address text := acquis.address_of(acquis.school(), acquis.person());
BEGIN
    IF address IS NULL OR NOT acquis.try_count('mail:' || acquis.school()
            || ':' || acquis.person(), 5, interval '1 hour') THEN
        RETURN false;
    END IF;
    PERFORM acquis.mail_put(acquis.school(), acquis.person(), address,
        template, language, NULL, NULL);
    PERFORM acquis.note('mail', 'person', acquis.person(), NULL, NULL, NULL);
    RETURN true;
END
$$;

-- --- what links open ---

-- Whose password a link may set; nothing when it is not good (any more).
CREATE FUNCTION acquis.reset_find(digest bytea, OUT login text,
    OUT birth_date date, OUT uai text, OUT school text)
RETURNS SETOF record
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp
AS $$
    SELECT p.login, p.birth_date, o.uai, o.name
      FROM mail_link l
      JOIN person p ON p.school_id = l.school_id AND p.id = l.person_id
      JOIN school o ON o.school_id = l.school_id
     WHERE l.digest = $1 AND l.purpose = 'reset' AND l.used_at IS NULL
       AND l.expires_at > now() AND p.active AND p.login IS NOT NULL
$$;

-- Uses it: the new password, no session left, no other link, and word of it
-- to the person.  A second factor stays what it was.  False: not good.
CREATE FUNCTION acquis.reset_use(digest bytea, password text, language text)
RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = public, pg_temp
AS $$
DECLARE
    l mail_link%ROWTYPE;
BEGIN
    UPDATE mail_link k SET used_at = now()
     WHERE k.digest = $1 AND k.purpose = 'reset' AND k.used_at IS NULL
       AND k.expires_at > now()
       AND EXISTS (SELECT FROM person p WHERE p.school_id = k.school_id
                      AND p.id = k.person_id AND p.active)
    RETURNING k.* INTO l;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    UPDATE credential c
       SET password = $2, must_change = false, changed_at = now()
     WHERE c.school_id = l.school_id AND c.person_id = l.person_id;
    DELETE FROM session s
     WHERE s.school_id = l.school_id AND s.person_id = l.person_id;
    DELETE FROM mail_link k
     WHERE k.school_id = l.school_id AND k.person_id = l.person_id
       AND k.purpose = 'reset' AND k.used_at IS NULL;
    DELETE FROM sign_in_try t
     WHERE t.whose = l.school_id || ':' || l.person_id;
    INSERT INTO journal (school_id, person_id, act, subject, subject_id)
    VALUES (l.school_id, l.person_id, 'password', 'person', l.person_id);
    PERFORM acquis.mail_put(l.school_id, l.person_id,
        acquis.address_of(l.school_id, l.person_id), 'password_changed', $3,
        NULL, NULL);
    RETURN true;
END
$$;

-- Inside an entered transaction: an address that is to be one's own, once a
-- link that goes there has been followed.  The one before is told at once.
CREATE FUNCTION acquis.email_ask(address text, language text) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = public, pg_temp
AS $$
DECLARE
    old text := acquis.address_of(acquis.school(), acquis.person());
BEGIN
    IF NOT acquis.try_count('email:' || acquis.school() || ':'
            || acquis.person(), 5, interval '1 hour') THEN
        RETURN false;
    END IF;
    DELETE FROM mail_link l
     WHERE l.school_id = acquis.school() AND l.person_id = acquis.person()
       AND l.purpose = 'email' AND l.used_at IS NULL;
    PERFORM acquis.link_put(acquis.school(), acquis.person(), 'email',
        address, 'email_confirm', language);
    IF old <> address THEN
        PERFORM acquis.mail_put(acquis.school(), acquis.person(), old,
            'email_asked', language, NULL, NULL);
    END IF;
    PERFORM acquis.note('email_asked', 'person', acquis.person(), NULL, NULL,
        NULL);
    RETURN true;
END
$$;

-- Inside an entered transaction: no address of one's own any more.
CREATE FUNCTION acquis.email_drop(language text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = public, pg_temp
AS $$
DECLARE
    old text;
BEGIN
    SELECT p.own_email INTO old FROM person p
     WHERE p.school_id = acquis.school() AND p.id = acquis.person();
    DELETE FROM mail_link l
     WHERE l.school_id = acquis.school() AND l.person_id = acquis.person()
       AND l.purpose = 'email' AND l.used_at IS NULL;
    IF old IS NULL THEN
        RETURN;
    END IF;
    UPDATE person p SET own_email = NULL
     WHERE p.school_id = acquis.school() AND p.id = acquis.person();
    PERFORM acquis.mail_put(acquis.school(), acquis.person(), old,
        'email_changed', language, NULL, NULL);
    PERFORM acquis.note('email', 'person', acquis.person(), NULL, NULL, NULL);
END
$$;

-- Follows the link: the address is one's own.  False: not good.
CREATE FUNCTION acquis.email_confirm(digest bytea, language text)
RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = public, pg_temp
AS $$
DECLARE
    l mail_link%ROWTYPE;
    old text;
BEGIN
    UPDATE mail_link k SET used_at = now()
     WHERE k.digest = $1 AND k.purpose = 'email' AND k.used_at IS NULL
       AND k.expires_at > now()
       AND EXISTS (SELECT FROM person p WHERE p.school_id = k.school_id
                      AND p.id = k.person_id AND p.active)
    RETURNING k.* INTO l;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    old := acquis.address_of(l.school_id, l.person_id);
    UPDATE person p SET own_email = l.address
     WHERE p.school_id = l.school_id AND p.id = l.person_id;
    IF old <> l.address THEN
        PERFORM acquis.mail_put(l.school_id, l.person_id, old,
            'email_changed', language, NULL, NULL);
    END IF;
    INSERT INTO journal (school_id, person_id, act, subject, subject_id)
    VALUES (l.school_id, l.person_id, 'email', 'person', l.person_id);
    RETURN true;
END
$$;

-- Inside an entered transaction: one's addresses.
CREATE FUNCTION acquis.email_own(OUT own text, OUT given text,
    OUT pending text)
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp
AS $$
    SELECT p.own_email, nullif(p.email, ''),
           (SELECT l.address FROM mail_link l
             WHERE l.school_id = p.school_id AND l.person_id = p.id
               AND l.purpose = 'email' AND l.used_at IS NULL
               AND coalesce(l.expires_at > now(), true)
             ORDER BY l.id DESC LIMIT 1)
      FROM person p
     WHERE p.school_id = acquis.school() AND p.id = acquis.person()
$$;

-- Inside an entered transaction: one's own password hash, to check it.  A
-- session that was found open is no way to guess it.
CREATE FUNCTION acquis.own_password_try(OUT password text,
    OUT throttled boolean)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = public, pg_temp
AS $$
BEGIN
    SELECT c.password INTO password FROM credential c
     WHERE c.school_id = acquis.school() AND c.person_id = acquis.person();
    throttled := NOT acquis.try_count('own:' || acquis.school() || ':'
        || acquis.person(), 20, interval '15 minutes');
END
$$;

-- What a password must not hold: UAI and name of a school, for who is not
-- signed in yet.
CREATE FUNCTION acquis.school_named(school bigint, OUT uai text, OUT name text)
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp
AS $$
    SELECT o.uai, o.name FROM school o WHERE o.school_id = $1
$$;

-- --- sessions and devices ---

-- A browser that a person has signed in from.  It keeps a cookie, the base
-- its digest: the same browser signs in with its own count of wrong
-- passwords, so nobody elsewhere can keep its owner out.
CREATE TABLE device (
    school_id  bigint NOT NULL REFERENCES school,
    id         bigint GENERATED ALWAYS AS IDENTITY,
    person_id  bigint NOT NULL,
    token      bytea  NOT NULL,    -- SHA-256 of the cookie
    browser    text,               -- Firefox; NULL: it does not say
    system     text,               -- Windows; NULL: it does not say
    first_seen_at timestamptz NOT NULL DEFAULT now(),
    last_seen_at  timestamptz NOT NULL DEFAULT now(),
    -- A new one among others is shown until the person knows it.
    noticed    boolean NOT NULL DEFAULT true,
    PRIMARY KEY (school_id, id),
    FOREIGN KEY (school_id, person_id) REFERENCES person,
    CONSTRAINT device_is_one UNIQUE (school_id, person_id, token)
);
ALTER TABLE device ENABLE ROW LEVEL SECURITY;

ALTER TABLE session
    ADD COLUMN id bigint GENERATED ALWAYS AS IDENTITY,
    ADD COLUMN device_id bigint;   -- NULL: made by no browser

-- The same, with the device that is asking.
DROP FUNCTION acquis.sign_in_begin(text, text);
CREATE FUNCTION acquis.sign_in_begin(uai text, login text, device bytea,
    OUT school_id bigint, OUT person_id bigint, OUT password text,
    OUT throttled boolean)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = public, pg_temp
AS $$
DECLARE
    known bigint;
BEGIN
    SELECT a.school_id, a.person_id INTO school_id, person_id
      FROM acquis.account_of(uai, login) a;
    SELECT c.password INTO password FROM credential c
     WHERE c.school_id = sign_in_begin.school_id
       AND c.person_id = sign_in_begin.person_id
       -- A one-time password that nobody used in a week opens nothing.
       AND NOT (c.must_change AND c.changed_at < now() - interval '7 days');
    SELECT d.id INTO known FROM device d
     WHERE d.school_id = sign_in_begin.school_id
       AND d.person_id = sign_in_begin.person_id AND d.token = device;
    throttled := NOT acquis.try_count(
        coalesce(nullif(concat_ws(':', school_id, person_id, known), ''),
                 lower(login)), 10, interval '15 minutes');
END
$$;

-- A sign-in that went well, from a device or (the tool) from none.
DROP FUNCTION acquis.session_open(bigint, bigint, bytea);
CREATE FUNCTION acquis.session_open(school bigint, person bigint,
    token bytea, device bytea DEFAULT NULL, browser text DEFAULT NULL,
    system text DEFAULT NULL, language text DEFAULT 'fr') RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = public, pg_temp
AS $$
DECLARE
    bits integer;
    at bigint;
    fresh boolean;
BEGIN
    SELECT coalesce(bit_or(CASE role
               WHEN 'administrator' THEN 1 WHEN 'ddfpt' THEN 2
               WHEN 'head' THEN 4 WHEN 'teacher' THEN 8
               WHEN 'learner' THEN 16 WHEN 'guardian' THEN 32
               WHEN 'tutor' THEN 64 WHEN 'master' THEN 128 END), 0)
      INTO bits FROM person_role r
     WHERE r.school_id = school AND r.person_id = person;
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
    INSERT INTO session (token, school_id, person_id, roles, idle, expires_at,
                         device_id)
    SELECT session_open.token, school, person,
           CASE WHEN c.must_change THEN 512 ELSE bits END,
           CASE WHEN bits & 15 <> 0 THEN interval '2 hours'
                ELSE interval '30 minutes' END,
           now() + interval '12 hours', at
      FROM credential c
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

-- Inside an entered transaction: one's sessions that are still good.
-- $1 SHA-256 of the cookie that asks
CREATE FUNCTION acquis.sessions_own(token bytea, OUT id bigint,
    OUT device_id bigint, OUT browser text, OUT system text,
    OUT created_at timestamptz, OUT seen_at timestamptz,
    OUT expires_at timestamptz, OUT current boolean)
RETURNS SETOF record
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp
AS $$
    SELECT s.id, s.device_id, d.browser, d.system, s.created_at, s.seen_at,
           s.expires_at, s.token = $1
      FROM session s
      LEFT JOIN device d ON d.school_id = s.school_id AND d.id = s.device_id
     WHERE s.school_id = acquis.school() AND s.person_id = acquis.person()
       AND s.expires_at > now() AND s.seen_at + s.idle > now()
$$;

-- Ends one of them, or with NULL all but the one that asks; how many.
CREATE FUNCTION acquis.session_end(session bigint, kept bytea)
RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = public, pg_temp
AS $$
DECLARE
    ended integer;
BEGIN
    DELETE FROM session s
     WHERE s.school_id = acquis.school() AND s.person_id = acquis.person()
       AND (s.id = $1 OR ($1 IS NULL AND s.token <> $2));
    GET DIAGNOSTICS ended = ROW_COUNT;
    IF ended > 0 THEN
        PERFORM acquis.note('session_end', 'person', acquis.person(), NULL,
            NULL, jsonb_build_object('ended', ended));
    END IF;
    RETURN ended;
END
$$;

-- Inside an entered transaction: one's devices.
CREATE FUNCTION acquis.devices_own(token bytea, OUT id bigint,
    OUT browser text, OUT system text, OUT first_seen_at timestamptz,
    OUT last_seen_at timestamptz, OUT noticed boolean, OUT current boolean)
RETURNS SETOF record
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp
AS $$
    SELECT d.id, d.browser, d.system, d.first_seen_at, d.last_seen_at,
           d.noticed,
           d.id = (SELECT s.device_id FROM session s WHERE s.token = $1)
      FROM device d
     WHERE d.school_id = acquis.school() AND d.person_id = acquis.person()
$$;

-- Forgets one: its sessions end, and its next sign-in is that of a new one.
CREATE FUNCTION acquis.device_drop(device bigint) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = public, pg_temp
AS $$
BEGIN
    DELETE FROM device d
     WHERE d.school_id = acquis.school() AND d.person_id = acquis.person()
       AND d.id = $1;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    DELETE FROM session s
     WHERE s.school_id = acquis.school() AND s.person_id = acquis.person()
       AND s.device_id = $1;
    PERFORM acquis.note('device_drop', 'device', $1, NULL, NULL, NULL);
    RETURN true;
END
$$;

-- The person knows it.
CREATE FUNCTION acquis.device_notice(device bigint) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = public, pg_temp
AS $$
BEGIN
    UPDATE device d SET noticed = true
     WHERE d.school_id = acquis.school() AND d.person_id = acquis.person()
       AND d.id = $1;
    RETURN FOUND;
END
$$;

REVOKE ALL ON FUNCTION acquis.address_of, acquis.mail_put, acquis.link_put,
    acquis.try_count, acquis.account_of, acquis.forgotten_answer,
    acquis.forget, acquis.mail_take, acquis.mail_link_set, acquis.mail_done,
    acquis.own_password_try, acquis.school_named, acquis.mail_own,
    acquis.reset_find, acquis.reset_use, acquis.email_ask,
    acquis.email_drop, acquis.email_confirm, acquis.email_own,
    acquis.sign_in_begin, acquis.session_open, acquis.sessions_own,
    acquis.session_end, acquis.devices_own, acquis.device_drop,
    acquis.device_notice FROM PUBLIC;
GRANT EXECUTE ON FUNCTION acquis.forget, acquis.mail_take,
    acquis.mail_link_set, acquis.mail_done,
    acquis.own_password_try, acquis.school_named, acquis.mail_own,
    acquis.reset_find, acquis.reset_use, acquis.email_ask, acquis.email_drop,
    acquis.email_confirm, acquis.email_own, acquis.sign_in_begin,
    acquis.session_open, acquis.sessions_own, acquis.session_end,
    acquis.devices_own, acquis.device_drop, acquis.device_notice
    TO acquis_api;
