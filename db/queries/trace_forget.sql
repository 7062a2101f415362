-- Traces whose time is over go, in all schools.
-- $1 months that they are kept
WITH old AS MATERIALIZED (
    SELECT t.school_id, t.id FROM trace t
     WHERE t.at < now() - make_interval(months => $1::integer)
), files AS (
    DELETE FROM trace_file f USING old
     WHERE f.school_id = old.school_id AND f.trace_id = old.id
)
DELETE FROM trace t USING old
 WHERE t.school_id = old.school_id AND t.id = old.id;
