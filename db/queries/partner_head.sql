-- What every request of a partner needs: whether it is served at all, its
-- school, the clock of the feed, the key of its cursors.
SELECT acquis.partner_tick() AS served,
       a.name AS partner, to_json(a.scopes)::text AS scopes,
       acquis.instant(a.expires_at) AS expires_at,
       acquis.instant(now()) AS server_time,
       extract(epoch FROM now())::bigint AS seconds,
       o.uai, o.name AS school_name, o.school_year, o.partner_rev,
       o.partner_floor, o.partner_findings,
       encode(acquis.cursor_key(), 'hex') AS cursor_key
  FROM school o
  JOIN partner_access a ON a.school_id = o.school_id
 WHERE o.school_id = acquis.school()
   AND a.id = acquis.access();
