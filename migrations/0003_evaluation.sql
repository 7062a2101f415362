-- Evaluations and their marks.
--
-- The results of one learner in one evaluation are one row: one character for
-- each item of the grid, in the grid's order (domain/mark.h).  Items are only
-- ever appended and a dropped one keeps its place, so that an old character
-- keeps its meaning.
--
-- Locks live on the rows they protect.  `frozen` counts the confirmed interim
-- assessments that took the row into account; nothing of a frozen row changes
-- until the DDFPT has unlocked every one of them.

CREATE TABLE evaluation (
    school_id   bigint  NOT NULL REFERENCES school,
    id          bigint  GENERATED ALWAYS AS IDENTITY,
    framework_key integer NOT NULL REFERENCES framework,
    title       text    NOT NULL CHECK (length(title) BETWEEN 1 AND 300),
    complexity  text,              -- NULL: the framework has no levels
    context     text    NOT NULL DEFAULT 'school'
                CHECK (context IN ('school', 'company')),
    class_level text,              -- NULL: not told
    school_year integer NOT NULL,
    assessed_on date    NOT NULL,
    visible     boolean NOT NULL DEFAULT true,
    author_id   bigint  NOT NULL,
    items       smallint[] NOT NULL, -- criterion n: n, whole competency n: -n
    dropped     smallint[] NOT NULL DEFAULT '{}', -- places, from 1
    revision    integer NOT NULL DEFAULT 1,
    frozen      integer NOT NULL DEFAULT 0 CHECK (frozen >= 0),
    created_at  timestamptz NOT NULL DEFAULT now(),
    modified_at timestamptz NOT NULL DEFAULT now(),
    deleted_at  timestamptz,       -- NULL: not deleted
    PRIMARY KEY (school_id, id),
    FOREIGN KEY (school_id, author_id) REFERENCES person,
    CONSTRAINT evaluation_has_items
        CHECK (cardinality(items) BETWEEN 1 AND 400)
);
CREATE INDEX evaluation_year ON evaluation (school_id, school_year)
    WHERE deleted_at IS NULL;
CALL acquis.guard('evaluation', 'SELECT, INSERT, UPDATE');

-- The line of a learner in an evaluation.
CREATE TABLE sheet (
    school_id     bigint NOT NULL,
    learner_id    bigint NOT NULL,
    evaluation_id bigint NOT NULL,
    marks    text    NOT NULL DEFAULT ''
             CONSTRAINT sheet_marks_are_marks
             CHECK (translate(marks, '.1234NA', '') = ''),
    comment  text    NOT NULL DEFAULT '' CHECK (length(comment) <= 2000),
    revision integer NOT NULL DEFAULT 1,
    frozen   integer NOT NULL DEFAULT 0 CHECK (frozen >= 0),
    active   boolean NOT NULL DEFAULT true, -- false: taken off the list
    PRIMARY KEY (school_id, learner_id, evaluation_id),
    FOREIGN KEY (school_id, evaluation_id) REFERENCES evaluation,
    FOREIGN KEY (school_id, learner_id) REFERENCES person
);
CREATE INDEX sheet_evaluation ON sheet (school_id, evaluation_id);
CALL acquis.guard('sheet', 'SELECT, INSERT, UPDATE');

-- The second line of defence: whoever asks, frozen content does not change.
-- The counter itself and what merely counts accesses may.
CREATE FUNCTION acquis.frozen_evaluation_stays() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'evaluations are never deleted'
            USING ERRCODE = 'AQ423';
    END IF;
    IF OLD.frozen > 0
        AND (NEW.title, NEW.complexity, NEW.context, NEW.class_level,
             NEW.assessed_on, NEW.visible, NEW.items, NEW.dropped,
             NEW.framework_key, NEW.deleted_at)
        IS DISTINCT FROM
            (OLD.title, OLD.complexity, OLD.context, OLD.class_level,
             OLD.assessed_on, OLD.visible, OLD.items, OLD.dropped,
             OLD.framework_key, OLD.deleted_at) THEN
        RAISE EXCEPTION 'evaluation % is frozen', OLD.id
            USING ERRCODE = 'AQ423';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER evaluation_frozen BEFORE UPDATE OR DELETE ON evaluation
    FOR EACH ROW EXECUTE FUNCTION acquis.frozen_evaluation_stays();

CREATE FUNCTION acquis.frozen_sheet_stays() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'sheets are never deleted' USING ERRCODE = 'AQ423';
    END IF;
    IF OLD.frozen > 0 AND (NEW.marks, NEW.comment, NEW.active)
        IS DISTINCT FROM (OLD.marks, OLD.comment, OLD.active) THEN
        RAISE EXCEPTION 'sheet of learner % is frozen', OLD.learner_id
            USING ERRCODE = 'AQ423';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER sheet_frozen BEFORE UPDATE OR DELETE ON sheet
    FOR EACH ROW EXECUTE FUNCTION acquis.frozen_sheet_stays();

-- Every change of a mark, by statement: one pass over what changed.
CREATE FUNCTION acquis.sheet_noted() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO journal (school_id, person_id, request_id, act, subject,
                         subject_id, learner_id, before, after)
    SELECT n.school_id, acquis.person(),
           nullif(current_setting('acquis.request', true), ''),
           'marks', 'evaluation', n.evaluation_id, n.learner_id,
           jsonb_build_object('marks', o.marks, 'comment', o.comment,
                              'active', o.active),
           jsonb_build_object('marks', n.marks, 'comment', n.comment,
                              'active', n.active)
      FROM new_rows n
      JOIN old_rows o USING (school_id, learner_id, evaluation_id)
     WHERE (n.marks, n.comment, n.active)
           IS DISTINCT FROM (o.marks, o.comment, o.active);
    RETURN NULL;
END
$$;
CREATE TRIGGER sheet_noted AFTER UPDATE ON sheet
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION acquis.sheet_noted();

-- One row a mark, for reports.
CREATE VIEW mark WITH (security_invoker) AS
SELECT s.school_id, s.evaluation_id, s.learner_id, e.framework_key,
       i.place, i.item, substr(s.marks, i.place::integer, 1) AS mark
  FROM sheet s
  JOIN evaluation e ON e.school_id = s.school_id AND e.id = s.evaluation_id
 CROSS JOIN LATERAL unnest(e.items) WITH ORDINALITY AS i (item, place)
 WHERE s.active AND e.deleted_at IS NULL
   AND substr(s.marks, i.place::integer, 1) NOT IN ('', '.');
GRANT SELECT ON mark TO acquis_api;
