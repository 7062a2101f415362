-- What is loaded of a framework, the newest first.
-- $1 framework
SELECT version, current, encode(sha256, 'hex') AS sha256
  FROM framework
 WHERE id = $1
 ORDER BY version DESC;
