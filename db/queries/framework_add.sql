-- A version of a framework, which is current from now on.
-- $1 framework   $2 version   $3 code   $4 title   $5 short title
-- $6 in_force or legacy   $7 SHA-256 of the file   $8 the file
INSERT INTO framework (id, version, code, title, short_title, status,
                       current, sha256, document)
VALUES ($1, $2, $3, $4, $5, $6, true, $7, $8)
RETURNING key;
