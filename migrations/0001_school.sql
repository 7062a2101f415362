-- Schools, the people in them, and who may enter.
--
-- School first: every table of a school has school_id as the first column of
-- its primary key and row-level security on it, so that one school is one
-- shard and a forgotten condition shows nothing of another school.  The
-- school, person and roles of the caller are settings local to a transaction,
-- put there by enter(), by the tool's become(), and by nothing else.

CREATE SCHEMA acquis;

-- The setting that they make; NULL, hence no row at all, before one ran.
CREATE FUNCTION acquis.school() RETURNS bigint
LANGUAGE sql STABLE PARALLEL SAFE
RETURN nullif(current_setting('acquis.school', true), '')::bigint;

CREATE FUNCTION acquis.person() RETURNS bigint
LANGUAGE sql STABLE PARALLEL SAFE
RETURN nullif(current_setting('acquis.person', true), '')::bigint;

-- Bits of domain/role.h.
CREATE FUNCTION acquis.roles() RETURNS integer
LANGUAGE sql STABLE PARALLEL SAFE
RETURN coalesce(nullif(current_setting('acquis.roles', true), ''), '0')::integer;

-- Opens a table of a school to the API role, its own rows only.
CREATE PROCEDURE acquis.guard(name regclass, rights text)
LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY own_school ON %s TO acquis_api'
        ' USING (school_id = acquis.school())'
        ' WITH CHECK (school_id = acquis.school())', name);
    EXECUTE format('GRANT %s ON %s TO acquis_api', rights, name);
END
$$;

CREATE TABLE school (
    school_id    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    uai          text   NOT NULL UNIQUE CHECK (uai ~ '^[0-9]{7}[A-Z]$'),
    name         text   NOT NULL,
    city         text   NOT NULL DEFAULT '',
    email        text,             -- NULL until the administrator gives one
    school_year  integer NOT NULL, -- 2025 for 2025-2026
    year_starts_on date NOT NULL,
    year_ends_on   date NOT NULL,
    value_table  text   NOT NULL DEFAULT 'regular'
                 CHECK (value_table IN ('regular', 'dnb', 'quarters')),
    intermediate_factor_bp integer NOT NULL DEFAULT 10000
                 CHECK (intermediate_factor_bp BETWEEN 0 AND 10000),
    rounding     text   NOT NULL DEFAULT 'half_point_up',
    learners_see_grade boolean NOT NULL DEFAULT false,
    guardians_open     boolean NOT NULL DEFAULT false,
    freeze_scope text   NOT NULL DEFAULT 'evaluation'
                 CHECK (freeze_scope IN ('evaluation', 'learner')),
    partner_findings boolean NOT NULL DEFAULT false,
    order_by     text   NOT NULL DEFAULT 'assessed_on'
                 CHECK (order_by IN ('assessed_on', 'modification')),
    settings_revision integer NOT NULL DEFAULT 1,
    -- The feed's clock: strictly increasing in commit order, because the row
    -- is locked until the transaction that took a number has ended.
    partner_rev  bigint NOT NULL DEFAULT 1000,
    created_at   timestamptz NOT NULL DEFAULT now()
);
CALL acquis.guard('school', 'SELECT');
GRANT UPDATE (name, city, email, school_year, year_starts_on, year_ends_on,
    value_table, intermediate_factor_bp, rounding, learners_see_grade,
    guardians_open, freeze_scope, partner_findings, order_by,
    settings_revision, partner_rev) ON school TO acquis_api;

-- Anybody known to the school: staff, learners, guardians.
CREATE TABLE person (
    school_id   bigint NOT NULL REFERENCES school,
    id          bigint GENERATED ALWAYS AS IDENTITY,
    last_name   text NOT NULL,
    usual_name  text,             -- NULL: none
    first_name  text NOT NULL,
    sex         text CHECK (sex IN ('M', 'F')), -- NULL: not told
    birth_date  date,             -- NULL: not told
    email       text,
    phone       text,
    login       text,             -- NULL: no account
    source      text NOT NULL DEFAULT 'import'
                CHECK (source IN ('import', 'manual')),
    active      boolean NOT NULL DEFAULT true,
    left_on     date,             -- NULL: present
    -- Keys of the national files, as they came.
    staff_type  text,             -- epp, local
    staff_key   text,
    function    text,             -- ENS, EDU, DIR
    siecle_id   bigint,           -- ELEVE_ID
    ine         text,
    ine_bea     text,
    elenoet     text,
    guardian_key text,            -- PERSONNE_ID
    track       text CHECK (track IN ('school', 'apprentice')), -- learners
    created_at  timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (school_id, id),
    CONSTRAINT person_login_is_one UNIQUE (school_id, login),
    CONSTRAINT person_staff_is_one UNIQUE (school_id, staff_type, staff_key),
    CONSTRAINT person_siecle_is_one UNIQUE (school_id, siecle_id),
    CONSTRAINT person_ine_is_one UNIQUE (school_id, ine),
    CONSTRAINT person_guardian_is_one UNIQUE (school_id, guardian_key)
);
CALL acquis.guard('person', 'SELECT, INSERT, UPDATE');

CREATE TABLE person_role (
    school_id bigint NOT NULL,
    person_id bigint NOT NULL,
    role      text   NOT NULL CHECK (role IN ('administrator', 'ddfpt', 'head',
                  'teacher', 'learner', 'guardian', 'tutor', 'master')),
    PRIMARY KEY (school_id, person_id, role),
    FOREIGN KEY (school_id, person_id) REFERENCES person
);
CALL acquis.guard('person_role', 'SELECT, INSERT, DELETE');

-- A class (division) or a group, of one school year.
CREATE TABLE class_group (
    school_id   bigint  NOT NULL REFERENCES school,
    id          bigint  GENERATED ALWAYS AS IDENTITY,
    school_year integer NOT NULL,
    kind        text    NOT NULL CHECK (kind IN ('class', 'group')),
    code        text    NOT NULL,
    name        text    NOT NULL,
    mef         text,              -- NULL: not told by the files
    framework_id text,             -- NULL: not attached to a diploma yet
    class_level text,              -- code of a class level of the framework
    active      boolean NOT NULL DEFAULT true,
    PRIMARY KEY (school_id, id),
    CONSTRAINT class_group_code_is_one
        UNIQUE (school_id, school_year, kind, code)
);
CALL acquis.guard('class_group', 'SELECT, INSERT, UPDATE');

-- Classes a group draws from.
CREATE TABLE group_class (
    school_id bigint NOT NULL,
    group_id  bigint NOT NULL,
    class_id  bigint NOT NULL,
    PRIMARY KEY (school_id, group_id, class_id),
    FOREIGN KEY (school_id, group_id) REFERENCES class_group,
    FOREIGN KEY (school_id, class_id) REFERENCES class_group
);
CALL acquis.guard('group_class', 'SELECT, INSERT, DELETE');

-- A learner in a class or group.  Leaving ends the row, never removes it.
CREATE TABLE enrolment (
    school_id bigint NOT NULL,
    class_id  bigint NOT NULL,
    learner_id bigint NOT NULL,
    active    boolean NOT NULL DEFAULT true,
    since     date NOT NULL DEFAULT current_date,
    PRIMARY KEY (school_id, class_id, learner_id),
    FOREIGN KEY (school_id, class_id) REFERENCES class_group,
    FOREIGN KEY (school_id, learner_id) REFERENCES person
);
CREATE INDEX enrolment_learner ON enrolment (school_id, learner_id)
    WHERE active;
CALL acquis.guard('enrolment', 'SELECT, INSERT, UPDATE');

-- A teacher in charge of a class or group.
CREATE TABLE teaching (
    school_id  bigint NOT NULL,
    class_id   bigint NOT NULL,
    teacher_id bigint NOT NULL,
    subject    text   NOT NULL DEFAULT '',
    head_teacher boolean NOT NULL DEFAULT false,
    PRIMARY KEY (school_id, class_id, teacher_id, subject),
    FOREIGN KEY (school_id, class_id) REFERENCES class_group,
    FOREIGN KEY (school_id, teacher_id) REFERENCES person
);
CREATE INDEX teaching_teacher ON teaching (school_id, teacher_id);
CALL acquis.guard('teaching', 'SELECT, INSERT, DELETE');

CREATE TABLE guardianship (
    school_id   bigint NOT NULL,
    learner_id  bigint NOT NULL,
    guardian_id bigint NOT NULL,
    level       smallint,          -- NIVEAU_RESPONSABILITE; NULL: old files
    parent_code text,              -- CODE_PARENTE
    legal       boolean NOT NULL,
    rank        smallint NOT NULL, -- 1 is asked first
    active      boolean NOT NULL DEFAULT true,
    PRIMARY KEY (school_id, learner_id, guardian_id),
    FOREIGN KEY (school_id, learner_id) REFERENCES person,
    FOREIGN KEY (school_id, guardian_id) REFERENCES person
);
CREATE INDEX guardianship_guardian ON guardianship (school_id, guardian_id);
CALL acquis.guard('guardianship', 'SELECT, INSERT, UPDATE');

-- What opens an account.  Kept apart so that no query on people meets it.
CREATE TABLE credential (
    school_id  bigint NOT NULL,
    person_id  bigint NOT NULL,
    password   text   NOT NULL,    -- argon2id, as libsodium writes it
    must_change boolean NOT NULL DEFAULT false,
    changed_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (school_id, person_id),
    FOREIGN KEY (school_id, person_id) REFERENCES person
);
ALTER TABLE credential ENABLE ROW LEVEL SECURITY;

-- Signed-in browsers.  Only digests: the token itself is never stored.
CREATE TABLE session (
    token      bytea PRIMARY KEY,  -- SHA-256 of the cookie
    school_id  bigint NOT NULL,
    person_id  bigint NOT NULL,
    roles      integer NOT NULL,   -- bits of domain/role.h at sign-in
    idle       interval NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    seen_at    timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    FOREIGN KEY (school_id, person_id) REFERENCES person
);
CREATE INDEX session_person ON session (school_id, person_id);
ALTER TABLE session ENABLE ROW LEVEL SECURITY;

-- Everything that changed, for ever: who, when, what, from, to.
CREATE TABLE journal (
    school_id  bigint NOT NULL,
    id         bigint GENERATED ALWAYS AS IDENTITY,
    at         timestamptz NOT NULL DEFAULT now(),
    person_id  bigint,             -- NULL: the school's own tool
    request_id text,
    act        text NOT NULL,      -- marks, position, confirm, unlock...
    subject    text NOT NULL,      -- table of the thing
    subject_id bigint NOT NULL,
    learner_id bigint,             -- NULL: not about one learner
    before     jsonb,
    after      jsonb,
    PRIMARY KEY (school_id, id)
);
CREATE INDEX journal_learner ON journal (school_id, learner_id, id);
ALTER TABLE journal ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_school_reads ON journal FOR SELECT TO acquis_api
    USING (school_id = acquis.school());
CREATE POLICY own_school_writes ON journal FOR INSERT TO acquis_api
    WITH CHECK (school_id = acquis.school());
GRANT SELECT, INSERT ON journal TO acquis_api;

CREATE FUNCTION acquis.note(act text, subject text, subject_id bigint,
    learner_id bigint, before jsonb, after jsonb) RETURNS void
LANGUAGE sql VOLATILE
BEGIN ATOMIC
    INSERT INTO journal (school_id, person_id, request_id, act, subject,
                         subject_id, learner_id, before, after)
    VALUES (acquis.school(), acquis.person(),
            nullif(current_setting('acquis.request', true), ''),
            $1, $2, $3, $4, $5, $6);
END;

-- Requests that must not be carried out twice (kept 24 hours).
CREATE TABLE idempotency (
    school_id  bigint NOT NULL,
    person_id  bigint NOT NULL,
    key        text   NOT NULL CHECK (length(key) BETWEEN 8 AND 64),
    request    bytea  NOT NULL,    -- SHA-256 of method, path and body
    status     integer,            -- NULL only inside the transaction
    headers    text,
    body       text,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (school_id, person_id, key)
);
CREATE INDEX idempotency_age ON idempotency (created_at);
CALL acquis.guard('idempotency', 'SELECT, INSERT, UPDATE, DELETE');

-- Terms: what a class council, PRONOTE and the LSL call a period.
CREATE TABLE term (
    school_id   bigint  NOT NULL REFERENCES school,
    id          bigint  GENERATED ALWAYS AS IDENTITY,
    school_year integer NOT NULL,
    kind        text    NOT NULL CHECK (kind IN ('T', 'S')),
    index       smallint NOT NULL CHECK (index BETWEEN 1 AND 3),
    starts_on   date NOT NULL,
    ends_on     date NOT NULL,
    framework_ids text[] NOT NULL DEFAULT '{}', -- empty: all frameworks
    closed_at   timestamptz,       -- NULL: not closed by hand
    PRIMARY KEY (school_id, id),
    CONSTRAINT term_is_one UNIQUE (school_id, school_year, kind, index),
    CONSTRAINT term_has_days CHECK (starts_on <= ends_on),
    CONSTRAINT term_semester_is_1_or_2 CHECK (kind = 'T' OR index <= 2)
);
CALL acquis.guard('term', 'SELECT, INSERT, UPDATE, DELETE');

GRANT USAGE ON SCHEMA acquis TO acquis_api;
