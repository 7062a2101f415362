-- What a dashboard says of an evaluation, written when it is written.
--
-- A dashboard names forty evaluations and who made each: to find forty people
-- took longer than to find the evaluations, and to send, receive and quote
-- their words column by column longer than to read the marks.  The card is
-- all of that as one object of JSON, kept by triggers.
ALTER TABLE evaluation ADD COLUMN card text;

-- Whoever is renamed meanwhile is waited for, and waits: an evaluation that
-- is not there yet could not be found below.
CREATE FUNCTION acquis.evaluation_card() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        PERFORM FROM person p
          WHERE p.school_id = NEW.school_id AND p.id = NEW.author_id
            FOR SHARE;
    END IF;
    SELECT row_to_json(c)::text
      INTO NEW.card
      FROM (SELECT NEW.id::text AS id, NEW.title AS title,
                   NEW.complexity AS complexity, NEW.context AS context,
                   NEW.class_level AS class_level,
                   NEW.assessed_on AS assessed_on,
                   (SELECT row_to_json(a)
                      FROM (SELECT p.id::text AS id, p.first_name,
                                   coalesce(p.usual_name, p.last_name)
                                       AS last_name) a) AS author
              FROM person p
             WHERE p.school_id = NEW.school_id AND p.id = NEW.author_id) c;
    RETURN NEW;
END
$$;
CREATE TRIGGER evaluation_card BEFORE INSERT OR UPDATE
    OF id, title, complexity, context, class_level, assessed_on, author_id
    ON evaluation
    FOR EACH ROW EXECUTE FUNCTION acquis.evaluation_card();

-- Frozen ones too: that a person is called otherwise now changes no result.
CREATE FUNCTION acquis.cards_renamed() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    UPDATE evaluation e
       SET author_id = n.id -- itself: the trigger above does the rest
      FROM new_rows n
      JOIN old_rows o USING (school_id, id)
     WHERE (n.first_name, n.last_name, n.usual_name)
           IS DISTINCT FROM (o.first_name, o.last_name, o.usual_name)
       AND e.school_id = n.school_id AND e.author_id = n.id;
    RETURN NULL;
END
$$;
CREATE TRIGGER person_renamed AFTER UPDATE ON person
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION acquis.cards_renamed();

UPDATE evaluation SET author_id = author_id;
ALTER TABLE evaluation ALTER COLUMN card SET NOT NULL;
