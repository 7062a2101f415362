-- How the sending of a mail ended.
-- $1 school   $2 mail   $3 why it failed, or NULL
-- $4 in how many seconds to try again, or NULL: never
SELECT acquis.mail_done($1::bigint, $2::bigint, $3, $4::integer);
