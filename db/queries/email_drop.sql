-- No address of one's own any more.
-- $1 language
SELECT acquis.email_drop($1);
