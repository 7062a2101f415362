-- What an import changes reaches the partners' feed once for each statement,
-- not once for each row: a school that goes up a year moves everybody, and two
-- thousand versions of its one row, the clock, would be made in a transaction.
--
-- The conditions are those of the triggers of 0011.
DROP TRIGGER person_in_feed ON person;
DROP TRIGGER enrolment_added_in_feed ON enrolment;
DROP TRIGGER enrolment_in_feed ON enrolment;
DROP FUNCTION acquis.person_in_feed(), acquis.enrolment_in_feed();

CREATE FUNCTION acquis.people_in_feed() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    touched record;
BEGIN
    FOR touched IN
        SELECT n.school_id, array_agg(n.id ORDER BY n.id) AS learners
          FROM now_row n
          JOIN was_row w ON w.school_id = n.school_id AND w.id = n.id
         WHERE (w.active, w.last_name, w.usual_name, w.first_name,
                w.birth_date, w.ine, w.siecle_id, w.track)
               IS DISTINCT FROM
               (n.active, n.last_name, n.usual_name, n.first_name,
                n.birth_date, n.ine, n.siecle_id, n.track)
         GROUP BY n.school_id
    LOOP
        PERFORM acquis.feed_touch(touched.school_id, touched.learners);
    END LOOP;
    RETURN NULL;
END
$$;
CREATE TRIGGER people_in_feed AFTER UPDATE ON person
    REFERENCING OLD TABLE AS was_row NEW TABLE AS now_row
    FOR EACH STATEMENT EXECUTE FUNCTION acquis.people_in_feed();

CREATE FUNCTION acquis.enrolments_added_in_feed() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    touched record;
BEGIN
    FOR touched IN
        SELECT n.school_id, array_agg(DISTINCT n.learner_id) AS learners
          FROM now_row n
         GROUP BY n.school_id
    LOOP
        PERFORM acquis.feed_touch(touched.school_id, touched.learners);
    END LOOP;
    RETURN NULL;
END
$$;
CREATE TRIGGER enrolments_added_in_feed AFTER INSERT ON enrolment
    REFERENCING NEW TABLE AS now_row
    FOR EACH STATEMENT EXECUTE FUNCTION acquis.enrolments_added_in_feed();

CREATE FUNCTION acquis.enrolments_in_feed() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    touched record;
BEGIN
    FOR touched IN
        SELECT n.school_id, array_agg(DISTINCT n.learner_id) AS learners
          FROM now_row n
          JOIN was_row w ON w.school_id = n.school_id
                        AND w.class_id = n.class_id
                        AND w.learner_id = n.learner_id
         WHERE w.active <> n.active
         GROUP BY n.school_id
    LOOP
        PERFORM acquis.feed_touch(touched.school_id, touched.learners);
    END LOOP;
    RETURN NULL;
END
$$;
CREATE TRIGGER enrolments_in_feed AFTER UPDATE ON enrolment
    REFERENCING OLD TABLE AS was_row NEW TABLE AS now_row
    FOR EACH STATEMENT EXECUTE FUNCTION acquis.enrolments_in_feed();

-- The files of a preview are read once, some minutes later.
ALTER TABLE import
    ALTER COLUMN staff SET COMPRESSION lz4,
    ALTER COLUMN learners SET COMPRESSION lz4,
    ALTER COLUMN guardians SET COMPRESSION lz4,
    ALTER COLUMN labels SET COMPRESSION lz4,
    ALTER COLUMN structures SET COMPRESSION lz4;
