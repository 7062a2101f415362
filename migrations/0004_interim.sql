-- Interim assessments (bilans intermédiaires).
--
-- The draft of a learner is one row that teachers edit.  Confirming makes an
-- interim assessment with its first revision; an unlock by the DDFPT opens
-- it, and the next confirmation adds a revision.  What was confirmed is never
-- overwritten: revisions are only ever inserted.

CREATE TABLE draft (
    school_id     bigint  NOT NULL,
    learner_id    bigint  NOT NULL,
    framework_key integer NOT NULL REFERENCES framework,
    positions text    NOT NULL DEFAULT '', -- domain/position.h, packed
    findings  text    NOT NULL DEFAULT '' CHECK (length(findings) <= 100000),
    advice    text    NOT NULL DEFAULT '' CHECK (length(advice) <= 100000),
    revision  integer NOT NULL DEFAULT 1,
    author_id bigint  NOT NULL,
    modified_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (school_id, learner_id, framework_key),
    FOREIGN KEY (school_id, learner_id) REFERENCES person,
    FOREIGN KEY (school_id, author_id) REFERENCES person
);
CALL acquis.guard('draft', 'SELECT, INSERT, UPDATE, DELETE');

CREATE TABLE interim (
    school_id     bigint  NOT NULL,
    id            bigint  GENERATED ALWAYS AS IDENTITY,
    learner_id    bigint  NOT NULL,
    framework_key integer NOT NULL REFERENCES framework,
    state         text    NOT NULL CHECK (state IN ('confirmed', 'unlocked')),
    revision      integer NOT NULL,    -- the last confirmed one
    version       integer NOT NULL DEFAULT 1, -- for If-Match
    confirmed_at  timestamptz NOT NULL, -- of the first revision: its date
    term_id       bigint,              -- NULL: outside every term
    -- While unlocked: what is being changed, and until when.
    positions     text, findings text, advice text,
    unlocked_at   timestamptz,
    unlocked_by   bigint,
    unlock_reason text,
    unlock_ends_at timestamptz,
    -- The feed's clock when this last changed for a partner.
    partner_rev   bigint NOT NULL DEFAULT 0,
    withdrawn_at  timestamptz,         -- NULL: visible while confirmed
    PRIMARY KEY (school_id, id),
    FOREIGN KEY (school_id, learner_id) REFERENCES person,
    FOREIGN KEY (school_id, term_id) REFERENCES term,
    CONSTRAINT interim_unlocked_is_reasoned CHECK (state <> 'unlocked'
        OR (unlocked_at IS NOT NULL AND unlocked_by IS NOT NULL
            AND length(unlock_reason) > 0 AND unlock_ends_at IS NOT NULL))
);
CREATE INDEX interim_learner
    ON interim (school_id, learner_id, framework_key, confirmed_at);
CREATE INDEX interim_partner ON interim (school_id, partner_rev);
CALL acquis.guard('interim', 'SELECT, INSERT, UPDATE');

CREATE TABLE interim_revision (
    school_id  bigint  NOT NULL,
    interim_id bigint  NOT NULL,
    revision   integer NOT NULL,
    confirmed_at timestamptz NOT NULL DEFAULT now(),
    author_id  bigint  NOT NULL,
    positions  text    NOT NULL,
    findings   text    NOT NULL,
    advice     text    NOT NULL,
    sha256     bytea   NOT NULL, -- of the content and of `previous`
    previous   bytea   NOT NULL, -- sha256 of the school's revision before
    PRIMARY KEY (school_id, interim_id, revision),
    FOREIGN KEY (school_id, interim_id) REFERENCES interim,
    FOREIGN KEY (school_id, author_id) REFERENCES person
);
CREATE INDEX interim_revision_chain
    ON interim_revision (school_id, confirmed_at);
CALL acquis.guard('interim_revision', 'SELECT, INSERT');

-- The sheets a revision took into account, with the versions it saw.
CREATE TABLE interim_cover (
    school_id     bigint  NOT NULL,
    interim_id    bigint  NOT NULL,
    revision      integer NOT NULL,
    evaluation_id bigint  NOT NULL,
    sheet_revision integer NOT NULL,
    PRIMARY KEY (school_id, interim_id, revision, evaluation_id),
    FOREIGN KEY (school_id, interim_id, revision) REFERENCES interim_revision,
    FOREIGN KEY (school_id, evaluation_id) REFERENCES evaluation
);
CREATE INDEX interim_cover_evaluation
    ON interim_cover (school_id, evaluation_id);
CALL acquis.guard('interim_cover', 'SELECT, INSERT');

-- Unlocks, kept: who, when, why, until when, and which revision was open.
CREATE TABLE interim_unlock (
    school_id  bigint  NOT NULL,
    interim_id bigint  NOT NULL,
    revision   integer NOT NULL,
    person_id  bigint  NOT NULL,
    at         timestamptz NOT NULL DEFAULT now(),
    reason     text    NOT NULL CHECK (length(btrim(reason)) > 0),
    ends_at    timestamptz NOT NULL,
    PRIMARY KEY (school_id, interim_id, revision),
    FOREIGN KEY (school_id, interim_id, revision) REFERENCES interim_revision
);
CALL acquis.guard('interim_unlock', 'SELECT, INSERT');

CREATE FUNCTION acquis.confirmed_interim_stays() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'interim assessments are never deleted'
            USING ERRCODE = 'AQ423';
    END IF;
    IF (NEW.learner_id, NEW.framework_key, NEW.confirmed_at)
        IS DISTINCT FROM (OLD.learner_id, OLD.framework_key, OLD.confirmed_at)
        OR (OLD.state = 'confirmed' AND NEW.state = 'confirmed'
            AND NEW.revision <> OLD.revision) THEN
        RAISE EXCEPTION 'interim assessment % is confirmed', OLD.id
            USING ERRCODE = 'AQ423';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER interim_confirmed BEFORE UPDATE OR DELETE ON interim
    FOR EACH ROW EXECUTE FUNCTION acquis.confirmed_interim_stays();

CREATE FUNCTION acquis.history_stays() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME
        USING ERRCODE = 'AQ423';
END
$$;
CREATE TRIGGER interim_revision_stays
    BEFORE UPDATE OR DELETE OR TRUNCATE ON interim_revision
    FOR EACH STATEMENT EXECUTE FUNCTION acquis.history_stays();
CREATE TRIGGER interim_cover_stays
    BEFORE UPDATE OR DELETE OR TRUNCATE ON interim_cover
    FOR EACH STATEMENT EXECUTE FUNCTION acquis.history_stays();
CREATE TRIGGER interim_unlock_stays
    BEFORE UPDATE OR DELETE OR TRUNCATE ON interim_unlock
    FOR EACH STATEMENT EXECUTE FUNCTION acquis.history_stays();
CREATE TRIGGER journal_stays
    BEFORE UPDATE OR DELETE OR TRUNCATE ON journal
    FOR EACH STATEMENT EXECUTE FUNCTION acquis.history_stays();
