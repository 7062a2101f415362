-- Versions of frameworks, whole.
-- $1 keys
SELECT key, id, version, current, document,
       encode(sha256, 'hex') AS sha256
  FROM framework
 WHERE key = ANY ($1::integer[]);
