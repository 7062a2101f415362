-- Revoke an access, once: later times find it revoked and change nothing.
-- $1 access
WITH held AS (
    SELECT a.id, a.revoked_at
      FROM partner_access a
     WHERE a.school_id = acquis.school()
       AND a.id = $1::bigint
       FOR NO KEY UPDATE
), ended AS (
    UPDATE partner_access a
       SET revoked_at = now()
      FROM held h
     WHERE a.school_id = acquis.school()
       AND a.id = h.id
       AND h.revoked_at IS NULL
    RETURNING a.id
)
SELECT h.id,
       (SELECT acquis.note('partner_revoked', 'partner_access', e.id, NULL,
                           NULL, NULL)
          FROM ended e)
  FROM held h;
