-- The receipt with that key.
-- $1 key   $2 SHA-256 of the body sent now
SELECT d.id, acquis.instant(d.at) AS received_at, d.request = $2::bytea AS same,
       d.body->>'period' AS period, d.body->>'through_rev' AS through_rev,
       d.body->>'accepted' AS accepted, (d.body->'rejected')::text AS rejected
  FROM partner_delivery d
 WHERE d.school_id = acquis.school()
   AND d.access_id = acquis.access()
   AND d.key = $1;
