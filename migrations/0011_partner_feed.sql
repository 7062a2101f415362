-- The partners' feed: whatever an assessment says to a partner, a change of
-- it takes the next number of the school's clock, in commit order.
--
-- Confirming, unlocking and grading say so themselves (interim_settle,
-- grade_add).  What reaches the feed from elsewhere is here, by triggers, for
-- imports and hands change people too: a learner who leaves or comes back, a
-- name or class put right, findings opened or closed, a term that moved.

ALTER TABLE school
    -- `since` before this number is too old to be answered: tombstones are
    -- kept for one school year.
    ADD COLUMN partner_floor bigint NOT NULL DEFAULT 0,
    ADD CONSTRAINT school_rounding_known CHECK (rounding IN
        ('half_point_up', 'tenth_up', 'point_up', 'half_point_nearest',
         'tenth_nearest', 'point_nearest')),
    ADD CONSTRAINT school_name_said CHECK (length(name) BETWEEN 1 AND 200);

-- How often a partner may ask.  rate_due is when the next request would be
-- due if all came evenly; one that comes up to `burst` early is served.
ALTER TABLE partner_access
    ADD COLUMN per_minute integer NOT NULL DEFAULT 60
        CHECK (per_minute BETWEEN 1 AND 60000),
    ADD COLUMN burst integer NOT NULL DEFAULT 20 CHECK (burst >= 1),
    ADD COLUMN rate_due timestamptz NOT NULL DEFAULT now();

-- The access that entered, of a partner's request.
CREATE FUNCTION acquis.access() RETURNS bigint
LANGUAGE sql STABLE PARALLEL SAFE
RETURN nullif(current_setting('acquis.access', true), '')::bigint;

-- Counts one request of the access that entered; false: one too many.
CREATE FUNCTION acquis.partner_tick() RETURNS boolean
LANGUAGE sql VOLATILE SECURITY DEFINER
SET search_path = public, pg_temp
AS $$
    WITH counted AS (
        UPDATE partner_access a
           SET rate_due = greatest(a.rate_due, clock_timestamp())
                          + interval '1 minute' / a.per_minute
         WHERE a.school_id = acquis.school() AND a.id = acquis.access()
           AND a.rate_due <= clock_timestamp()
               + interval '1 minute' / a.per_minute * (a.burst - 1)
        RETURNING 1)
    SELECT EXISTS (SELECT FROM counted)
$$;

-- What cursors are signed with: made here once, the same for all workers and
-- machines, and never shown; an access only ever gets a digest of its own.
CREATE TABLE feed_secret (
    one    boolean PRIMARY KEY DEFAULT true CHECK (one),
    secret bytea   NOT NULL CHECK (length(secret) >= 32)
);
ALTER TABLE feed_secret ENABLE ROW LEVEL SECURITY;
-- Two version 4 UUIDs: 244 bits from the system's source of randomness.
INSERT INTO feed_secret (secret)
VALUES (sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text,
                          'UTF8')));

CREATE FUNCTION acquis.cursor_key() RETURNS bytea
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp
AS $$
    SELECT sha256(s.secret || int8send(acquis.school())
                  || int8send(acquis.access()))
      FROM feed_secret s
     WHERE acquis.access() IS NOT NULL
$$;
REVOKE ALL ON FUNCTION acquis.partner_tick, acquis.cursor_key FROM PUBLIC;
GRANT EXECUTE ON FUNCTION acquis.partner_tick, acquis.cursor_key
    TO acquis_api;

-- Assessments that a partner may see when their term is open, those of
-- learners who left not among them.
CREATE FUNCTION acquis.interim_shows(school bigint, interim bigint)
RETURNS boolean
LANGUAGE sql STABLE
RETURN EXISTS (
    SELECT FROM interim a
      JOIN person p ON p.school_id = a.school_id AND p.id = a.learner_id
     WHERE a.school_id = school AND a.id = interim
       AND p.active AND a.state = 'confirmed'
       AND NOT EXISTS (SELECT FROM interim b
                        WHERE b.school_id = a.school_id
                          AND b.learner_id = a.learner_id
                          AND b.framework_key = a.framework_key
                          AND b.term_id IS NOT DISTINCT FROM a.term_id
                          AND b.state = 'confirmed'
                          AND (b.confirmed_at, b.id)
                              > (a.confirmed_at, a.id)));

-- Something of these learners changed: what is visible of theirs, or begins
-- or ends to be, takes the next number.  Locks in the order of everybody:
-- interim assessments by id, then the clock.
CREATE FUNCTION acquis.feed_touch(school bigint, learners bigint[])
RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    rev bigint;
BEGIN
    PERFORM FROM interim i
      WHERE i.school_id = school AND i.learner_id = ANY (learners)
      ORDER BY i.id
        FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    UPDATE school o SET partner_rev = o.partner_rev + 1
     WHERE o.school_id = feed_touch.school
    RETURNING o.partner_rev INTO rev;
    UPDATE interim i
       SET partner_rev = rev,
           withdrawn_at = CASE WHEN n.shows THEN NULL
                               ELSE coalesce(i.withdrawn_at, now()) END
      FROM (SELECT a.id, acquis.interim_shows(a.school_id, a.id) AS shows
              FROM interim a
             WHERE a.school_id = feed_touch.school
               AND a.learner_id = ANY (learners)) n
     WHERE i.school_id = feed_touch.school AND i.id = n.id
       AND (n.shows OR i.withdrawn_at IS NULL);
END
$$;

-- Whoever settles an assessment of one who left does not bring it back.
CREATE FUNCTION acquis.interim_of_departed() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM person p
                WHERE p.school_id = NEW.school_id AND p.id = NEW.learner_id
                  AND NOT p.active) THEN
        NEW.withdrawn_at := coalesce(OLD.withdrawn_at, now());
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER interim_of_departed BEFORE UPDATE ON interim
    FOR EACH ROW WHEN (NEW.withdrawn_at IS NULL)
    EXECUTE FUNCTION acquis.interim_of_departed();

CREATE FUNCTION acquis.person_in_feed() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM acquis.feed_touch(NEW.school_id, ARRAY[NEW.id]);
    RETURN NULL;
END
$$;
CREATE TRIGGER person_in_feed AFTER UPDATE ON person
    FOR EACH ROW WHEN ((OLD.active, OLD.last_name, OLD.usual_name,
        OLD.first_name, OLD.birth_date, OLD.ine, OLD.siecle_id, OLD.track)
        IS DISTINCT FROM
        (NEW.active, NEW.last_name, NEW.usual_name,
        NEW.first_name, NEW.birth_date, NEW.ine, NEW.siecle_id, NEW.track))
    EXECUTE FUNCTION acquis.person_in_feed();

CREATE FUNCTION acquis.enrolment_in_feed() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM acquis.feed_touch(NEW.school_id, ARRAY[NEW.learner_id]);
    RETURN NULL;
END
$$;
CREATE TRIGGER enrolment_added_in_feed AFTER INSERT ON enrolment
    FOR EACH ROW EXECUTE FUNCTION acquis.enrolment_in_feed();
CREATE TRIGGER enrolment_in_feed AFTER UPDATE ON enrolment
    FOR EACH ROW WHEN (OLD.active <> NEW.active)
    EXECUTE FUNCTION acquis.enrolment_in_feed();

-- A new school year forgets the tombstones of the last; findings that are
-- opened or closed change every assessment.
CREATE FUNCTION acquis.school_feed_clock() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    NEW.partner_rev := NEW.partner_rev + 1;
    IF NEW.school_year <> OLD.school_year THEN
        NEW.partner_floor := NEW.partner_rev;
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER school_feed_clock BEFORE UPDATE ON school
    FOR EACH ROW WHEN (OLD.school_year <> NEW.school_year
        OR OLD.partner_findings <> NEW.partner_findings)
    EXECUTE FUNCTION acquis.school_feed_clock();

CREATE FUNCTION acquis.school_in_feed() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    UPDATE interim i SET partner_rev = NEW.partner_rev
     WHERE i.school_id = NEW.school_id AND i.withdrawn_at IS NULL;
    RETURN NULL;
END
$$;
CREATE TRIGGER school_in_feed AFTER UPDATE ON school
    FOR EACH ROW WHEN (OLD.partner_findings <> NEW.partner_findings)
    EXECUTE FUNCTION acquis.school_in_feed();

-- Puts every interim assessment of a school year in the term that holds its
-- day, after terms were set.
CREATE FUNCTION acquis.terms_settle(year integer) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    moved bigint[];
BEGIN
    WITH place AS (
        SELECT i.id, acquis.term_at(f.id,
                   (i.confirmed_at AT TIME ZONE 'Europe/Paris')::date)
                   AS term_id
          FROM interim i
          JOIN framework f ON f.key = i.framework_key
          LEFT JOIN term t ON t.school_id = i.school_id AND t.id = i.term_id
         WHERE i.school_id = acquis.school()
           AND (t.id IS NULL OR t.school_year = year)
    ), put AS (
        UPDATE interim i SET term_id = p.term_id
          FROM place p
         WHERE i.school_id = acquis.school() AND i.id = p.id
           AND i.term_id IS DISTINCT FROM p.term_id
        RETURNING i.learner_id
    )
    SELECT array_agg(DISTINCT learner_id) INTO moved FROM put;
    IF moved IS NOT NULL THEN
        PERFORM acquis.feed_touch(acquis.school(), moved);
    END IF;
END
$$;

-- The class a partner is told: where the learner is or, gone, last was.
CREATE FUNCTION acquis.division(school bigint, learner bigint) RETURNS text
LANGUAGE sql STABLE
RETURN (SELECT g.code
          FROM enrolment n
          JOIN class_group g ON g.school_id = n.school_id
                            AND g.id = n.class_id
         WHERE n.school_id = school AND n.learner_id = learner
           AND g.kind = 'class'
         ORDER BY n.active DESC, g.school_year DESC, n.since DESC, g.id DESC
         LIMIT 1);

-- A learner as a partner is told: identities to pair with, nothing else.
CREATE VIEW partner_learner WITH (security_invoker) AS
SELECT p.school_id, p.id, p.active, d.division,
       json_build_object('id', p.id::text, 'ine', p.ine,
           'siecle_id', p.siecle_id::text, 'last_name', p.last_name,
           'usual_name', p.usual_name, 'first_name', p.first_name,
           'birth_date', p.birth_date, 'division', d.division,
           'status', p.track)::text AS ref
  FROM person p
  -- OFFSET 0: found once, not once for each mention.
 CROSS JOIN LATERAL (
       SELECT acquis.division(p.school_id, p.id) AS division OFFSET 0) d
 WHERE p.track IS NOT NULL;
GRANT SELECT ON partner_learner TO acquis_api;

-- Does a term apply to a framework?  The kind set for it by name, else the
-- kind set for all.
CREATE FUNCTION acquis.term_applies(term term, framework text)
RETURNS boolean
LANGUAGE sql STABLE
RETURN framework = ANY (term.framework_ids)
    OR (term.framework_ids = '{}'
        AND NOT EXISTS (SELECT FROM term o
                         WHERE o.school_id = term.school_id
                           AND o.school_year = term.school_year
                           AND o.kind <> term.kind
                           AND framework = ANY (o.framework_ids)));
