-- A new password; every session of the person ends, but the one given.
-- $1 person   $2 hash   $3 to be changed at the next sign-in
-- $4 SHA-256 of the cookie that stays, or NULL
SELECT acquis.password_set($1::bigint, $2, $3::boolean, $4::bytea) AS done,
       acquis.instant(now() + interval '7 days') AS expires_at;
