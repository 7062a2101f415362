-- What a password was checked against is still what opens the account.
-- $1 school   $2 person   $3 the stored password
SELECT acquis.password_stands($1::bigint, $2::bigint, $3);
