-- A mail to oneself.
-- $1 template   $2 language
SELECT acquis.mail_own($1, $2) AS done;
