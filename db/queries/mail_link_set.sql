-- The secret of the link that leaves with a mail.
-- $1 school   $2 link   $3 SHA-256 of the secret
SELECT acquis.mail_link_set($1::bigint, $2::bigint, $3::bytea);
