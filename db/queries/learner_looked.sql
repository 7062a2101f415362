-- Note that the caller looked at a learner, for the home screen.
-- $1 learner
SELECT acquis.looked($1::bigint);
