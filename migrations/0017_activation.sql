-- Activation codes: what opens an account for the first time, or again.
--
-- A code is used once, by the person it was issued to, who chooses a password
-- with it.  Issuing one takes the password and the sessions away: it is what
-- "reset" means since birth dates open nothing (M-040, M-043, M-051).  Codes
-- are shown in the answer that made them; here are their digests.  Nothing
-- but the functions below reads them.

CREATE TABLE activation (
    school_id  bigint NOT NULL,
    person_id  bigint NOT NULL,
    code       bytea  NOT NULL,    -- SHA-256 of person and code
    issued_by  bigint NOT NULL,
    issued_at  timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    used_at    timestamptz,        -- NULL: not used
    PRIMARY KEY (school_id, person_id),
    FOREIGN KEY (school_id, person_id) REFERENCES person,
    FOREIGN KEY (school_id, issued_by) REFERENCES person
);
ALTER TABLE activation ENABLE ROW LEVEL SECURITY;

-- A password given in another way leaves no code open.
CREATE FUNCTION acquis.code_is_void() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp
AS $$
BEGIN
    DELETE FROM activation a
     WHERE a.school_id = NEW.school_id AND a.person_id = NEW.person_id
       AND a.used_at IS NULL;
    RETURN NULL;
END
$$;
CREATE TRIGGER credential_voids_code AFTER INSERT OR UPDATE OF password
    ON credential FOR EACH ROW EXECUTE FUNCTION acquis.code_is_void();

-- Whose account the caller may make, change, reset or hide: an administrator
-- everybody's of the school, a DDFPT those who teach, learn or receive
-- learners in a company (reliability.md 7).
CREATE FUNCTION acquis.manages(person bigint) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
BEGIN
    IF acquis.roles() & 3 = 0 THEN
        RETURN false;
    END IF;
    RETURN EXISTS (SELECT FROM person p
                    WHERE p.school_id = acquis.school()
                      AND p.id = manages.person)
       AND (acquis.roles() & 1 <> 0
            OR NOT EXISTS (SELECT FROM person_role r
                            WHERE r.school_id = acquis.school()
                              AND r.person_id = manages.person
                              AND r.role NOT IN ('teacher', 'learner',
                                                 'tutor', 'master')));
END
$$;

-- As before, and a one-time password may be given by whoever manages somebody.
CREATE OR REPLACE FUNCTION acquis.password_set(person bigint, password text,
    must_change boolean, kept bytea) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = public, pg_temp
AS $$
BEGIN
    IF person <> acquis.person() AND NOT acquis.manages(person) THEN
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

-- The state of an account, for who runs the school; never what opens it.
DROP FUNCTION acquis.account(bigint);
CREATE FUNCTION acquis.account(person bigint, OUT password text,
    OUT code_issued_at text, OUT code_expires_at text, OUT signed_in_at text)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = public, pg_temp
AS $$
BEGIN
    IF acquis.roles() & 7 = 0 AND NOT acquis.manages(person) THEN
        RETURN;
    END IF;
    SELECT CASE WHEN c.must_change THEN 'one_time' ELSE 'own' END
      INTO password
      FROM credential c
     WHERE c.school_id = acquis.school() AND c.person_id = $1;
    IF password IS NULL THEN
        SELECT CASE WHEN a.expires_at > now() THEN 'code'
                    ELSE 'code_expired' END,
               acquis.instant(a.issued_at), acquis.instant(a.expires_at)
          INTO password, code_issued_at, code_expires_at
          FROM activation a
         WHERE a.school_id = acquis.school() AND a.person_id = $1
           AND a.used_at IS NULL;
    END IF;
    SELECT acquis.instant(max(j.at)) INTO signed_in_at
      FROM journal j
     WHERE j.school_id = acquis.school()
       AND j.act = 'sign_in' AND j.subject_id = $1;
    password := coalesce(password, 'none');
END
$$;

-- New codes for people the caller may reset, who are here and have a login;
-- the codes before, passwords and sessions end.  Returns how many there were.
-- $1 people   $2 digests, in their order   $3 until when
CREATE FUNCTION acquis.activation_issue(people bigint[], codes bytea[],
    until timestamptz) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = public, pg_temp
AS $$
DECLARE
    issued bigint[];
BEGIN
    WITH made AS (
        INSERT INTO activation AS a (school_id, person_id, code, issued_by,
                                     expires_at)
        SELECT p.school_id, p.id, x.code, acquis.person(), until
          FROM unnest(people, codes) x (person, code)
          JOIN person p ON p.school_id = acquis.school() AND p.id = x.person
         WHERE p.active AND p.login IS NOT NULL AND acquis.manages(p.id)
         ORDER BY p.id
        ON CONFLICT (school_id, person_id) DO UPDATE
           SET code = EXCLUDED.code, issued_by = EXCLUDED.issued_by,
               issued_at = now(), expires_at = EXCLUDED.expires_at,
               used_at = NULL
        RETURNING a.person_id)
    SELECT coalesce(array_agg(m.person_id ORDER BY m.person_id), '{}')
      INTO issued FROM made m;
    DELETE FROM credential c
     WHERE c.school_id = acquis.school() AND c.person_id = ANY (issued);
    DELETE FROM session s
     WHERE s.school_id = acquis.school() AND s.person_id = ANY (issued);
    DELETE FROM sign_in_try t
     USING unnest(issued) i
     WHERE t.whose IN (acquis.school() || ':' || i,
                       'code:' || acquis.school() || ':' || i);
    PERFORM acquis.note('activation_issued', 'person', i, NULL, NULL,
                jsonb_build_object('expires_at', acquis.instant(until)))
       FROM unnest(issued) i;
    RETURN cardinality(issued);
END
$$;

-- What a code has to be checked against, tried and counted as a sign-in is: a
-- login without a code to use is answered like a wrong code.
-- $1 UAI, or NULL where the login is enough   $2 login
CREATE FUNCTION acquis.activation_begin(uai text, login text,
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
    VALUES ('code:' || coalesce(school_id || ':' || person_id, lower($2)), 1,
            now())
    ON CONFLICT (whose) DO UPDATE
       SET failures = CASE WHEN t.since > now() - interval '15 minutes'
                           THEN t.failures + 1 ELSE 1 END,
           since = CASE WHEN t.since > now() - interval '15 minutes'
                        THEN t.since ELSE now() END
    RETURNING failures INTO tries;
    throttled := tries > 10;
END
$$;

-- A code that was right is no try, whatever was wrong besides.
-- $1 school   $2 person
CREATE FUNCTION acquis.activation_right(school bigint, person bigint)
RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER
SET search_path = public, pg_temp
AS $$
    DELETE FROM sign_in_try
     WHERE whose = 'code:' || school || ':' || person
$$;

-- Use a code, once: of two at the same moment one finds nothing.
-- $1 school   $2 person   $3 digest   $4 hash of the password chosen
CREATE FUNCTION acquis.activation_use(school bigint, person bigint,
    code bytea, password text) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = public, pg_temp
AS $$
BEGIN
    UPDATE activation a SET used_at = now()
      FROM person p
     WHERE a.school_id = school AND a.person_id = activation_use.person
       AND a.code = activation_use.code
       AND a.used_at IS NULL AND a.expires_at > now()
       AND p.school_id = a.school_id AND p.id = a.person_id AND p.active;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    INSERT INTO credential (school_id, person_id, password)
    VALUES (school, person, activation_use.password)
    ON CONFLICT (school_id, person_id) DO UPDATE
       SET password = EXCLUDED.password, must_change = false,
           changed_at = now();
    DELETE FROM session s
     WHERE s.school_id = school AND s.person_id = activation_use.person;
    PERFORM acquis.activation_right(school, person);
    INSERT INTO journal (school_id, person_id, act, subject, subject_id)
    VALUES (school, person, 'activation_used', 'person', person);
    RETURN true;
END
$$;

-- Is this the code somebody was issued, not used yet?  For who prints slips.
-- $1 person   $2 digest
CREATE FUNCTION acquis.activation_is(person bigint, code bytea)
RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = public, pg_temp
AS $$
BEGIN
    RETURN acquis.manages(person)
       AND EXISTS (SELECT FROM activation a
                    WHERE a.school_id = acquis.school()
                      AND a.person_id = activation_is.person
                      AND a.code = activation_is.code
                      AND a.used_at IS NULL AND a.expires_at > now());
END
$$;

REVOKE ALL ON FUNCTION acquis.code_is_void, acquis.account,
    acquis.activation_issue, acquis.activation_begin, acquis.activation_right,
    acquis.activation_use, acquis.activation_is FROM PUBLIC;
GRANT EXECUTE ON FUNCTION acquis.account, acquis.activation_issue,
    acquis.activation_begin, acquis.activation_right, acquis.activation_use,
    acquis.activation_is TO acquis_api;
