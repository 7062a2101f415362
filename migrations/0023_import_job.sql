-- Imports that go on after their answer: a job tells how far it is, and can be
-- cancelled until its last statement.
--
-- While a job is under way it has a row here, which it renews twice a second.
-- Its end and its cancelling are one and the same act, taking that row away:
-- only one of them can, and the transaction of the other is undone.  A worker
-- that was killed renews nothing: its job is over a few seconds later, and
-- nothing of it was written.
ALTER TABLE import DROP CONSTRAINT import_state_check;
ALTER TABLE import
    ADD COLUMN problem json,       -- why it was not done; NULL: no reason to
    ADD CONSTRAINT import_state_check CHECK (state IN ('analysing',
        'previewed', 'committed', 'abandoned', 'refused', 'cancelled',
        'failed'));

-- One job at a time in a school.
CREATE TABLE import_job (
    school_id bigint NOT NULL REFERENCES school,
    id        bigint GENERATED ALWAYS AS IDENTITY,
    import_id bigint NOT NULL,
    work      text   NOT NULL CHECK (work IN ('analysis', 'commit')),
    step      text   NOT NULL DEFAULT 'reading'
              CHECK (step IN ('reading', 'planning', 'writing')),
    percent   smallint NOT NULL DEFAULT 0 CHECK (percent BETWEEN 0 AND 100),
    alive_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (school_id),
    FOREIGN KEY (school_id, import_id) REFERENCES import
);
CALL acquis.guard('import_job', 'SELECT, INSERT, UPDATE, DELETE');

CREATE FUNCTION acquis.job_lives(alive_at timestamptz) RETURNS boolean
LANGUAGE sql VOLATILE
RETURN alive_at > clock_timestamp() - interval '10 seconds';

-- Where each import is: what its row says, or the job that works on it.
CREATE VIEW import_place WITH (security_invoker) AS
SELECT i.school_id, i.id AS import_id,
       CASE WHEN j.work = 'commit' THEN 'applying'
            WHEN j.step = 'reading' THEN 'reading'
            WHEN j.id IS NOT NULL THEN 'planning'
            WHEN i.state = 'analysing' THEN 'failed'
            ELSE i.state END AS state,
       j.step, j.percent,
       j.id IS NULL AND (i.state = 'analysing' OR d.id IS NOT NULL)
           AS interrupted
  FROM import i
  LEFT JOIN import_job j ON j.school_id = i.school_id
                        AND j.import_id = i.id
                        AND acquis.job_lives(j.alive_at)
  LEFT JOIN import_job d ON d.school_id = i.school_id
                        AND d.import_id = i.id;
GRANT SELECT ON import_place TO acquis_api;

-- Begins a job, in place of one that is over; its number, or NULL where
-- another one is under way.
CREATE FUNCTION acquis.import_job_open(import bigint, work text)
RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
    job bigint;
BEGIN
    DELETE FROM import_job j
     WHERE j.school_id = acquis.school() AND NOT acquis.job_lives(j.alive_at);
    INSERT INTO import_job (school_id, import_id, work)
    VALUES (acquis.school(), import_job_open.import, import_job_open.work)
    ON CONFLICT DO NOTHING
    RETURNING id INTO job;
    RETURN job;
END
$$;

-- Cancels what is under way of an import, or lets go of its preview.  An
-- import that was being applied is again what it was, a preview.
CREATE FUNCTION acquis.import_cancel(import bigint) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    job import_job;
BEGIN
    IF NOT EXISTS (SELECT FROM import i
                    WHERE i.school_id = acquis.school()
                      AND i.id = import_cancel.import) THEN
        RAISE EXCEPTION 'no such import' USING ERRCODE = 'AQ404';
    END IF;
    -- Waits for a job that is ending; then there is none any more.
    DELETE FROM import_job j
     WHERE j.school_id = acquis.school()
       AND j.import_id = import_cancel.import
    RETURNING j.* INTO job;
    IF job.work = 'commit' AND acquis.job_lives(job.alive_at) THEN
        PERFORM acquis.note('import_cancel', 'import', import, NULL, NULL,
                            '{"state": "previewed"}');
        RETURN;
    END IF;
    UPDATE import i
       SET state = 'cancelled', staff = NULL, learners = NULL,
           guardians = NULL, labels = NULL, structures = NULL,
           revision = revision + 1
     WHERE i.school_id = acquis.school() AND i.id = import_cancel.import
       AND i.state IN ('analysing', 'previewed');
    IF NOT FOUND THEN
        RAISE EXCEPTION 'nothing to cancel' USING ERRCODE = 'AQ409';
    END IF;
    PERFORM acquis.note('import_cancel', 'import', import, NULL, NULL,
                        '{"state": "cancelled"}');
END
$$;
