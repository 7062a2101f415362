-- The learner that a batch is about.
--
-- The first statement of the batch finds out whether the caller may look,
-- and of which framework, and writes it down for the transaction, as enter()
-- does with who is asking.  What comes after it reads nobody else: where the
-- first found nothing, these are NULL and nothing is found.

CREATE FUNCTION acquis.shown_learner() RETURNS bigint
LANGUAGE sql STABLE PARALLEL SAFE
RETURN nullif(current_setting('acquis.learner', true), '')::bigint;

-- Keys of all versions of the framework.
CREATE FUNCTION acquis.shown_frameworks() RETURNS integer[]
LANGUAGE sql STABLE PARALLEL SAFE
RETURN nullif(current_setting('acquis.frameworks', true), '')::integer[];

-- May the caller read the results of a learner of the school?  What
-- read_learner says, and staff are not asked learner by learner.
CREATE FUNCTION acquis.reads_learner(learner bigint) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE
RETURN acquis.reads_results()
    OR (acquis.roles() & 1 = 0 AND acquis.sees_learner(learner));
