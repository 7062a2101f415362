-- Accesses of partners, newest first, with their last transfer.
-- $1 access to start after, or NULL   $2 one access only, or NULL
-- $3 how many
SELECT a.id, a.name, a.prefix, to_json(a.scopes)::text AS scopes,
       to_json(a.networks)::text AS networks,
       CASE WHEN a.revoked_at IS NOT NULL THEN 'revoked'
            WHEN a.expires_at <= now() THEN 'expired'
            ELSE 'active' END AS state,
       json_build_object('id', p.id::text, 'first_name', p.first_name,
           'last_name', coalesce(p.usual_name, p.last_name))::text
           AS created_by,
       acquis.instant(a.created_at) AS created_at,
       acquis.instant(a.expires_at) AS expires_at,
       acquis.instant(a.revoked_at) AS revoked_at,
       (SELECT json_build_object('at', acquis.instant(l.at),
                   'address', host(l.address), 'request', l.request,
                   'items', l.items)::text
          FROM partner_pull l
         WHERE l.school_id = a.school_id AND l.access_id = a.id
         ORDER BY l.at DESC, l.id DESC
         LIMIT 1) AS last_pull,
       (SELECT json_build_object('at', acquis.instant(d.at),
                   'period', d.body->'period',
                   'through_rev', d.body->'through_rev',
                   'accepted', d.body->'accepted',
                   'rejected', jsonb_array_length(d.body->'rejected'))::text
          FROM partner_delivery d
         WHERE d.school_id = a.school_id AND d.access_id = a.id
         ORDER BY d.id DESC
         LIMIT 1) AS last_delivery
  FROM partner_access a
  JOIN person p ON p.school_id = a.school_id AND p.id = a.created_by
 WHERE a.school_id = acquis.school()
   AND ($1::bigint IS NULL OR a.id < $1)
   AND ($2::bigint IS NULL OR a.id = $2)
 ORDER BY a.id DESC
 LIMIT $3::integer;
