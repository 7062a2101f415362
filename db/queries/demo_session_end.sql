-- The tool's sessions end with it.
-- $1 SHA-256 of its tokens
DELETE FROM session
 WHERE school_id = acquis.school() AND token = $1::bytea;
