-- Grades out of 20.
--
-- Weights are being shared out on `weighting`; saving makes a grade, which is
-- an immutable record of everything it was computed from, so that it can be
-- recomputed bit for bit (rules.md R-16).

CREATE TABLE weighting (
    school_id  bigint  NOT NULL,
    interim_id bigint  NOT NULL,
    interim_revision integer NOT NULL, -- the one the weights were given for
    weights    integer[] NOT NULL,     -- basis points, one a competency
    origin     text    NOT NULL DEFAULT 'typed'
               CHECK (origin IN ('typed', 'model_redistributed', 'copied')),
    revision   integer NOT NULL DEFAULT 1,
    author_id  bigint  NOT NULL,
    modified_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (school_id, interim_id),
    FOREIGN KEY (school_id, interim_id) REFERENCES interim
);
CALL acquis.guard('weighting', 'SELECT, INSERT, UPDATE, DELETE');

CREATE TABLE grade (
    school_id  bigint  NOT NULL,
    interim_id bigint  NOT NULL,
    revision   integer NOT NULL,
    interim_revision integer NOT NULL,
    positions  text    NOT NULL,
    weights    integer[] NOT NULL,
    origin     text    NOT NULL,
    value_table text   NOT NULL,
    factor_bp  integer NOT NULL,
    rounding   text    NOT NULL,
    sum        bigint  NOT NULL,       -- S of R-08
    hundredths integer NOT NULL,       -- R-09
    value      integer NOT NULL CHECK (value BETWEEN 0 AND 2000),
    author_id  bigint  NOT NULL,
    saved_at   timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (school_id, interim_id, revision),
    FOREIGN KEY (school_id, interim_id, interim_revision)
        REFERENCES interim_revision
);
CALL acquis.guard('grade', 'SELECT, INSERT');
CREATE TRIGGER grade_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON grade
    FOR EACH STATEMENT EXECUTE FUNCTION acquis.history_stays();
