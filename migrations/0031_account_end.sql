-- What opens an account ends with what it stood on: links with the password,
-- an address with a reset by somebody else, a try under its own name.

-- The codes and links of a password that is no more.  Who was reset by
-- somebody else (a code, a one-time password) has lost the account to whoever
-- held it: the address that was given meanwhile is not believed either.
CREATE OR REPLACE FUNCTION acquis.code_is_void() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp
AS $$
DECLARE
    c credential%ROWTYPE;
BEGIN
    IF TG_OP = 'DELETE' THEN
        c := OLD;
    ELSE
        c := NEW;
        DELETE FROM activation a
         WHERE a.school_id = c.school_id AND a.person_id = c.person_id
           AND a.used_at IS NULL;
    END IF;
    DELETE FROM mail_link l
     WHERE l.school_id = c.school_id AND l.person_id = c.person_id
       AND l.used_at IS NULL;
    IF TG_OP = 'DELETE' OR c.must_change THEN
        UPDATE person p SET own_email = NULL
         WHERE p.school_id = c.school_id AND p.id = c.person_id
           AND p.own_email IS NOT NULL;
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER credential_is_gone AFTER DELETE
    ON credential FOR EACH ROW EXECUTE FUNCTION acquis.code_is_void();

-- A link that went to another address opens nothing.
CREATE FUNCTION acquis.address_is_other() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp
AS $$
BEGIN
    DELETE FROM mail_link l
     WHERE l.school_id = NEW.school_id AND l.person_id = NEW.id
       AND l.purpose = 'reset' AND l.used_at IS NULL;
    RETURN NULL;
END
$$;
CREATE TRIGGER person_address_voids_link AFTER UPDATE OF own_email ON person
    FOR EACH ROW WHEN (OLD.own_email IS DISTINCT FROM NEW.own_email)
    EXECUTE FUNCTION acquis.address_is_other();
REVOKE ALL ON FUNCTION acquis.address_is_other FROM PUBLIC;

-- The password that was checked is still the one, and the account still open:
-- checking takes a moment, in which both may end.  In the batch that opens the
-- session, which holds them.
-- $1 school   $2 person   $3 what was checked against
CREATE FUNCTION acquis.password_stands(school bigint, person bigint,
    checked text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = public, pg_temp
AS $$
BEGIN
    PERFORM FROM person p
       JOIN credential c ON c.school_id = p.school_id AND c.person_id = p.id
      WHERE p.school_id = school AND p.id = person AND p.active
        AND c.password = checked
        FOR SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no session' USING ERRCODE = 'AQ401';
    END IF;
END
$$;
REVOKE ALL ON FUNCTION acquis.password_stands FROM PUBLIC;
GRANT EXECUTE ON FUNCTION acquis.password_stands TO acquis_api;

-- A teacher manages the tutors of learners taught, and of no others.
CREATE OR REPLACE FUNCTION acquis.manages(person bigint) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
DECLARE
    allowed text[] := CASE
        WHEN acquis.roles() & 1 <> 0 THEN NULL
        WHEN acquis.roles() & 2 <> 0
            THEN ARRAY['teacher', 'learner', 'tutor', 'master']
        ELSE ARRAY['tutor'] END;
BEGIN
    IF acquis.roles() & 11 = 0
       OR NOT EXISTS (SELECT FROM person p
                       WHERE p.school_id = acquis.school()
                         AND p.id = manages.person) THEN
        RETURN false;
    END IF;
    IF allowed IS NOT NULL
       AND EXISTS (SELECT FROM person_role r
                    WHERE r.school_id = acquis.school()
                      AND r.person_id = manages.person
                      AND r.role <> ALL (allowed)) THEN
        RETURN false;
    END IF;
    RETURN acquis.roles() & 3 <> 0
        OR (SELECT coalesce(bool_and(s.kind = 'tutor'
                       AND acquis.teaches_learner(s.learner_id)), false)
              FROM supervision s
             WHERE s.school_id = acquis.school()
               AND s.supervisor_id = manages.person
               AND s.ended_on IS NULL);
END
$$;

-- Who tries a login that nobody has is counted under a digest of it: people
-- type passwords there, and no login reads like the name of an account.
CREATE FUNCTION acquis.typed(login text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN 'typed:' || encode(sha256(convert_to(lower(login), 'UTF8')), 'hex');
REVOKE ALL ON FUNCTION acquis.typed FROM PUBLIC;
DELETE FROM sign_in_try;

CREATE OR REPLACE FUNCTION acquis.sign_in_begin(uai text, login text,
    device bytea, OUT school_id bigint, OUT person_id bigint,
    OUT password text, OUT throttled boolean)
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
                 acquis.typed(login)), 10, interval '15 minutes');
END
$$;

CREATE OR REPLACE FUNCTION acquis.activation_begin(uai text, login text,
    OUT school_id bigint, OUT person_id bigint, OUT code bytea,
    OUT state text, OUT birth_date date, OUT throttled boolean)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = public, pg_temp
AS $$
DECLARE
    tries integer;
BEGIN
    SELECT a.school_id, a.person_id, a.code, p.birth_date,
           CASE WHEN a.used_at IS NOT NULL THEN 'used'
                WHEN a.expires_at <= now() THEN 'expired' ELSE 'open' END
      INTO school_id, person_id, code, birth_date, state
      FROM person p
      JOIN school o ON o.school_id = p.school_id
      JOIN activation a ON a.school_id = p.school_id AND a.person_id = p.id
     WHERE p.login = lower($2) AND p.active
       AND ($1 IS NULL OR o.uai = upper($1))
       AND 1 = (SELECT count(*)
                  FROM person q
                  JOIN school u ON u.school_id = q.school_id
                 WHERE q.login = lower($2) AND q.active
                   AND ($1 IS NULL OR u.uai = upper($1)));
    INSERT INTO sign_in_try AS t (whose, failures, since)
    VALUES ('code:' || coalesce(school_id || ':' || person_id,
                                acquis.typed($2)), 1, now())
    ON CONFLICT (whose) DO UPDATE
       SET failures = CASE WHEN t.since > now() - interval '15 minutes'
                           THEN t.failures + 1 ELSE 1 END,
           since = CASE WHEN t.since > now() - interval '15 minutes'
                        THEN t.since ELSE now() END
    RETURNING failures INTO tries;
    throttled := tries > 10;
END
$$;
