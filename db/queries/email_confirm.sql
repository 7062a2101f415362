-- The link of a mail was followed: the address is one's own.
-- $1 SHA-256 of the secret of the link   $2 language
SELECT acquis.email_confirm($1::bytea, $2) AS done;
