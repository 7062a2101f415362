-- Set it; every session of the person ends.
-- $1 SHA-256 of the secret of the link   $2 hash   $3 language
SELECT acquis.reset_use($1::bytea, $2, $3) AS done;
