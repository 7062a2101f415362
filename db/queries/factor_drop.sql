-- No second factor any more.
-- $1 person, or NULL for oneself   $2 SHA-256 of the cookie that stays, or NULL
-- $3 language
SELECT acquis.factor_drop(coalesce($1::bigint, acquis.person()), $2::bytea,
                          $3) AS done;
