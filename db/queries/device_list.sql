-- One's own devices, the last seen first.
-- $1 SHA-256 of the cookie
SELECT d.id, d.browser, d.system, d.noticed,
       coalesce(d.current, false) AS current,
       acquis.instant(d.first_seen_at) AS first_seen_at,
       acquis.instant(d.last_seen_at) AS last_seen_at
  FROM acquis.devices_own($1::bytea) d
 ORDER BY d.current DESC NULLS LAST, d.last_seen_at DESC, d.id DESC;
