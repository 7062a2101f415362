-- An address that is to be one's own once it is confirmed.
-- $1 address   $2 language
SELECT acquis.email_ask($1, $2) AS done;
