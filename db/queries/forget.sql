-- Somebody says that a password is forgotten.
-- $1 UAI, or NULL   $2 login   $3 language
SELECT acquis.forget($1, $2, $3) AS done;
