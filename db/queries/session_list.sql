-- One's own sessions, the last seen first.
-- $1 SHA-256 of the cookie
SELECT s.id, s.device_id, s.browser, s.system, s.current,
       acquis.instant(s.created_at) AS created_at,
       acquis.instant(s.seen_at) AS seen_at,
       acquis.instant(s.expires_at) AS expires_at
  FROM acquis.sessions_own($1::bytea) s
 ORDER BY s.current DESC, s.seen_at DESC, s.id DESC;
