-- Interim assessments (bilans intermédiaires).
--
-- The draft of a learner is one row that teachers edit.  Confirming makes an
-- interim assessment with its first revision; an unlock by the DDFPT opens
-- it, and the next confirmation adds a revision.  What was confirmed is never
-- overwritten: revisions are only ever inserted.

-- A draft that was thrown away and begun again never has an old number.
CREATE SEQUENCE draft_revision;
GRANT USAGE ON SEQUENCE draft_revision TO acquis_api;

CREATE TABLE draft (
    school_id     bigint  NOT NULL,
    learner_id    bigint  NOT NULL,
    framework_key integer NOT NULL REFERENCES framework,
    positions text    NOT NULL DEFAULT '', -- domain/position.h, packed
    findings  text    NOT NULL DEFAULT '' CHECK (length(findings) <= 20000),
    advice    text    NOT NULL DEFAULT '' CHECK (length(advice) <= 20000),
    -- What was on the screen: evaluation -> revision of the learner's sheet.
    -- Confirming compares it under the locks; it covers the minutes a person
    -- thinks, which no lock does.
    seen      jsonb   NOT NULL DEFAULT '{}',
    revision  bigint  NOT NULL DEFAULT nextval('draft_revision'),
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
    seen          jsonb,               -- NULL: not changed since the unlock
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
            AND length(unlock_reason) > 0 AND unlock_ends_at IS NOT NULL)),
    CONSTRAINT interim_confirmed_is_revision CHECK (state <> 'confirmed'
        OR coalesce(positions, findings, advice, unlock_reason) IS NULL)
);
CREATE INDEX interim_learner
    ON interim (school_id, learner_id, framework_key, confirmed_at);
CREATE INDEX interim_partner ON interim (school_id, partner_rev);
CREATE INDEX interim_open ON interim (school_id, unlock_ends_at)
    WHERE state = 'unlocked';
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
    chain      bigint  NOT NULL, -- place in the chain: the feed's clock
    PRIMARY KEY (school_id, interim_id, revision),
    FOREIGN KEY (school_id, interim_id) REFERENCES interim,
    FOREIGN KEY (school_id, author_id) REFERENCES person
);
CREATE UNIQUE INDEX interim_revision_chain
    ON interim_revision (school_id, chain);
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
    -- A revision that locked again by itself may be unlocked once more.
    PRIMARY KEY (school_id, interim_id, revision, at),
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
            AND NEW.revision <> OLD.revision)
        OR NEW.revision NOT IN (OLD.revision, OLD.revision + 1) THEN
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

-- What a confirmation takes in: the visible evaluations that say something of
-- the learner.  A sheet still empty stays free: it was not taken into account.
CREATE VIEW takeable WITH (security_invoker) AS
SELECT s.school_id, s.learner_id, f.id AS framework_id, s.evaluation_id,
       s.revision AS sheet_revision
  FROM sheet s
  JOIN evaluation e ON e.school_id = s.school_id AND e.id = s.evaluation_id
  JOIN framework f ON f.key = e.framework_key
 WHERE s.active
   AND translate(s.marks, '.', '') <> ''
   AND e.visible
   AND e.deleted_at IS NULL;
GRANT SELECT ON takeable TO acquis_api;

-- The same as one value, to be kept and compared.
CREATE FUNCTION acquis.seen_now(learner bigint, framework text) RETURNS jsonb
LANGUAGE sql STABLE
RETURN (SELECT coalesce(jsonb_object_agg(t.evaluation_id, t.sheet_revision),
                        '{}')
          FROM takeable t
         WHERE t.school_id = acquis.school()
           AND t.learner_id = learner
           AND t.framework_id = framework);

-- The term that holds a day, of the kind set for a framework.
CREATE FUNCTION acquis.term_at(framework text, day date) RETURNS bigint
LANGUAGE sql STABLE
RETURN (SELECT t.id
          FROM term t
         WHERE t.school_id = acquis.school()
           AND day BETWEEN t.starts_on AND t.ends_on
           AND (t.framework_ids = '{}' OR framework = ANY (t.framework_ids))
         ORDER BY t.framework_ids = '{}', t.kind, t.id
         LIMIT 1);

-- Tells partners of a change: of the confirmed assessments of a learner in a
-- framework and a term only the latest is visible, and whatever begins or
-- ends to be gets the next number of the feed.
CREATE FUNCTION acquis.interim_settle(changed bigint) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
    rev bigint;
BEGIN
    UPDATE school o SET partner_rev = o.partner_rev + 1
     WHERE o.school_id = acquis.school()
    RETURNING o.partner_rev INTO rev;
    UPDATE interim i
       SET partner_rev = rev,
           withdrawn_at = CASE WHEN n.shows THEN NULL
                               ELSE coalesce(i.withdrawn_at, now()) END
      FROM (SELECT a.id, a.state = 'confirmed' AND NOT EXISTS (
                       SELECT FROM interim b
                        WHERE b.school_id = a.school_id
                          AND b.learner_id = a.learner_id
                          AND b.framework_key = a.framework_key
                          AND b.term_id IS NOT DISTINCT FROM a.term_id
                          AND b.state = 'confirmed'
                          AND (b.confirmed_at, b.id)
                              > (a.confirmed_at, a.id)) AS shows
              FROM interim a
              JOIN interim c ON c.school_id = a.school_id
                            AND c.learner_id = a.learner_id
                            AND c.framework_key = a.framework_key
                            AND c.term_id IS NOT DISTINCT FROM a.term_id
             WHERE c.school_id = acquis.school() AND c.id = changed) n
     WHERE i.school_id = acquis.school()
       AND i.id = n.id
       AND (i.id = changed OR n.shows <> (i.withdrawn_at IS NULL));
    RETURN rev;
END
$$;

-- Holds what the revisions in force of some interim assessments cover, in the
-- order everybody locks: evaluations by id, then sheets.
CREATE FUNCTION acquis.interim_hold_covers(held bigint[]) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM evaluation e
      WHERE e.school_id = acquis.school()
        AND e.id IN (
            SELECT c.evaluation_id
              FROM interim i
              JOIN interim_cover c ON c.school_id = i.school_id
                                  AND c.interim_id = i.id
                                  AND c.revision = i.revision
             WHERE i.school_id = acquis.school() AND i.id = ANY (held))
      ORDER BY e.id
        FOR NO KEY UPDATE;
    PERFORM FROM sheet s
      WHERE s.school_id = acquis.school()
        AND (s.learner_id, s.evaluation_id) IN (
            SELECT i.learner_id, c.evaluation_id
              FROM interim i
              JOIN interim_cover c ON c.school_id = i.school_id
                                  AND c.interim_id = i.id
                                  AND c.revision = i.revision
             WHERE i.school_id = acquis.school() AND i.id = ANY (held))
      ORDER BY s.evaluation_id, s.learner_id
        FOR NO KEY UPDATE;
END
$$;

-- Adds to the counters of what a revision covers, the one in force.
CREATE FUNCTION acquis.interim_hold(interim bigint, revision integer,
    count integer) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    learner bigint;
BEGIN
    SELECT i.learner_id INTO learner FROM interim i
     WHERE i.school_id = acquis.school() AND i.id = interim_hold.interim;
    PERFORM acquis.interim_hold_covers(ARRAY[interim_hold.interim]);
    UPDATE evaluation e SET frozen = e.frozen + interim_hold.count
      FROM interim_cover c
     WHERE e.school_id = acquis.school()
       AND c.school_id = e.school_id AND c.evaluation_id = e.id
       AND c.interim_id = interim_hold.interim
       AND c.revision = interim_hold.revision;
    UPDATE sheet s SET frozen = s.frozen + interim_hold.count
      FROM interim_cover c
     WHERE s.school_id = acquis.school() AND s.learner_id = learner
       AND c.school_id = s.school_id AND c.evaluation_id = s.evaluation_id
       AND c.interim_id = interim_hold.interim
       AND c.revision = interim_hold.revision;
END
$$;

-- What a revision is known by: everything it says and what came before it,
-- one member a line, lengths told so that no text can pass for two.
CREATE FUNCTION acquis.revision_hash(previous bytea, interim bigint,
    revision integer, learner bigint, framework_key integer, author bigint,
    confirmed_at timestamptz, positions text, findings text, advice text,
    taken jsonb) RETURNS bytea
LANGUAGE sql STABLE
RETURN sha256(convert_to(concat_ws(E'\n', encode(previous, 'hex'),
    interim, revision, learner, framework_key, author,
    extract(epoch FROM confirmed_at)::text, positions,
    octet_length(findings), findings, octet_length(advice), advice,
    taken::text), 'UTF8'));

-- What a revision covers, as the sheets are now.  One that was deleted, hidden
-- or emptied since, or whose learner was taken off, is not among them.
CREATE FUNCTION acquis.covered_now(interim bigint, revision integer)
RETURNS jsonb
LANGUAGE sql STABLE
RETURN (SELECT coalesce(jsonb_object_agg(t.evaluation_id, t.sheet_revision),
                        '{}')
          FROM interim_cover c
          JOIN interim i ON i.school_id = c.school_id AND i.id = c.interim_id
          JOIN takeable t ON t.school_id = c.school_id
                         AND t.evaluation_id = c.evaluation_id
                         AND t.learner_id = i.learner_id
         WHERE c.school_id = acquis.school()
           AND c.interim_id = interim AND c.revision = covered_now.revision);

-- Says again what the revision in force says, over the sheets as they are
-- now, held by the caller.  Its author stays: the words are still theirs.
CREATE FUNCTION acquis.interim_say_again(interim bigint, taken jsonb)
RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    clock bigint;
    prior bytea;
BEGIN
    UPDATE school o SET partner_rev = o.partner_rev + 1
     WHERE o.school_id = acquis.school()
    RETURNING o.partner_rev INTO clock;
    SELECT r.sha256 INTO prior FROM interim_revision r
     WHERE r.school_id = acquis.school()
     ORDER BY r.chain DESC
     LIMIT 1;
    INSERT INTO interim_revision (school_id, interim_id, revision, author_id,
                                  positions, findings, advice, sha256,
                                  previous, chain)
    SELECT r.school_id, r.interim_id, r.revision + 1, r.author_id,
           r.positions, r.findings, r.advice,
           acquis.revision_hash(prior, i.id, r.revision + 1, i.learner_id,
               i.framework_key, r.author_id, now(), r.positions, r.findings,
               r.advice, taken),
           prior, clock
      FROM interim i
      JOIN interim_revision r ON r.school_id = i.school_id
                             AND r.interim_id = i.id
                             AND r.revision = i.revision
     WHERE i.school_id = acquis.school()
       AND i.id = interim_say_again.interim;
    INSERT INTO interim_cover (school_id, interim_id, revision, evaluation_id,
                               sheet_revision)
    SELECT i.school_id, i.id, i.revision + 1, s.key::bigint, s.value::integer
      FROM interim i, jsonb_each_text(taken) AS s (key, value)
     WHERE i.school_id = acquis.school()
       AND i.id = interim_say_again.interim;
END
$$;

-- Locks again one whose time is over and whose covers are held.
CREATE FUNCTION acquis.interim_relock(due bigint) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    was interim%ROWTYPE;
    covered jsonb;
    taken jsonb;
    rev integer;
BEGIN
    SELECT i.* INTO was FROM interim i
     WHERE i.school_id = acquis.school() AND i.id = due;
    SELECT coalesce(jsonb_object_agg(c.evaluation_id, c.sheet_revision), '{}')
      INTO covered
      FROM interim_cover c
     WHERE c.school_id = acquis.school()
       AND c.interim_id = due AND c.revision = was.revision;
    taken := acquis.covered_now(due, was.revision);
    rev := was.revision;
    IF taken <> covered THEN
        PERFORM acquis.interim_say_again(due, taken);
        rev := rev + 1;
    END IF;
    UPDATE interim i
       SET state = 'confirmed', revision = rev, version = i.version + 1,
           positions = NULL, findings = NULL, advice = NULL, seen = NULL,
           unlocked_at = NULL, unlocked_by = NULL, unlock_reason = NULL,
           unlock_ends_at = NULL
     WHERE i.school_id = acquis.school() AND i.id = due;
    PERFORM acquis.interim_hold(due, rev, 1);
    PERFORM acquis.interim_settle(due);
    INSERT INTO journal (school_id, act, subject, subject_id, learner_id,
                         before, after)
    VALUES (acquis.school(), 'relock', 'interim', due, was.learner_id,
            jsonb_build_object('positions', was.positions,
                'findings', was.findings, 'advice', was.advice),
            jsonb_build_object('revision', rev, 'taken', taken));
END
$$;

-- Locks again what was unlocked until a moment that has passed: what was
-- confirmed stands, changes under way are given up.  Sheets that changed
-- meanwhile stay changed, so the same words get a revision over those: what
-- is confirmed always says which sheets it is about.  First statement of
-- whatever writes evaluations, marks or interim assessments; costs one look
-- into an index that is nearly always empty.
CREATE FUNCTION acquis.relock() RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    due bigint[];
    one bigint;
BEGIN
    SELECT array_agg(a.id) INTO due
      FROM (SELECT i.id FROM interim i
             WHERE i.school_id = acquis.school()
               AND i.state = 'unlocked' AND i.unlock_ends_at <= now()
             ORDER BY i.id
               FOR NO KEY UPDATE SKIP LOCKED) a;
    IF due IS NULL THEN
        RETURN;
    END IF;
    PERFORM acquis.interim_hold_covers(due);
    FOREACH one IN ARRAY due LOOP
        PERFORM acquis.interim_relock(one);
    END LOOP;
END
$$;
