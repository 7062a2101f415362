-- May the caller know of a learner?
-- $1 learner
SELECT acquis.sees_learner($1::bigint) AS seen;
