-- Somebody says that a password is forgotten.
-- $1 UAI, or NULL   $2 login   $3 language
-- $4 host name that was asked: where it is a school's own, it says which
SELECT acquis.forget(coalesce(acquis.school_at($4), $1), $2, $3) AS done;
