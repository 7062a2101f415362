-- A new access; the journal says which, never its secret.
-- $1 name   $2 prefix of the key   $3 SHA-256 of its secret   $4 scopes
-- $5 networks   $6 until when, or NULL: 60 days after the school year, or from
-- today where that is later
WITH made AS (
    INSERT INTO partner_access (school_id, name, prefix, secret, scopes,
                                networks, created_by, expires_at)
    SELECT o.school_id, $1, $2, $3::bytea, $4::text[], $5::cidr[],
           acquis.person(),
           coalesce($6::timestamptz,
               (greatest(o.year_ends_on, current_date) + 61)::timestamp
               AT TIME ZONE 'Europe/Paris')
      FROM school o
     WHERE o.school_id = acquis.school()
    RETURNING id, name, prefix, scopes, networks, expires_at
)
SELECT m.id, m.expires_at > now() AS good,
       acquis.note('partner_access', 'partner_access', m.id, NULL, NULL,
                   to_jsonb(m))
  FROM made m;
