-- Let a suspended school go on.
-- $1 UAI
SELECT acquis.school_resume($1) AS found;
