-- No second factor any more: `done` where there was one, `known` where there is
-- such a person.
-- $1 person, or NULL for oneself   $2 SHA-256 of the cookie that stays, or NULL
-- $3 language
SELECT acquis.factor_drop(coalesce($1::bigint, acquis.person()), $2::bytea,
                          $3) AS done,
       EXISTS (SELECT FROM person p
                WHERE p.school_id = acquis.school()
                  AND p.id = coalesce($1::bigint, acquis.person())) AS known;
