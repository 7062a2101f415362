-- The draft that a batch may show.
--
-- The first statement of the batch finds out whether the caller may read the
-- draft of the learner, and writes it down as it does the learner (0012), so
-- that those after it need not find out again: whose draft, or NULL.

CREATE FUNCTION acquis.shown_draft() RETURNS bigint
LANGUAGE sql STABLE PARALLEL SAFE
RETURN nullif(current_setting('acquis.draft', true), '')::bigint;
