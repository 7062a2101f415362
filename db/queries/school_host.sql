-- Give a school an address of its own, or with NULL take it away.
-- $1 UAI   $2 host name, or NULL
UPDATE school SET host = $2
 WHERE uai = $1
   AND ($2::text IS NULL OR NOT EXISTS (SELECT FROM school o
                                   WHERE o.host = $2 AND o.uai <> $1));
