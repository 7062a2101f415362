-- A version of a framework.
-- $1 framework   $2 version   $3 code   $4 title   $5 short title
-- $6 in_force or legacy   $7 SHA-256 of the file   $8 the file
-- $9 is it current from now on?
INSERT INTO framework (id, version, code, title, short_title, status,
                       current, sha256, document)
VALUES ($1, $2, $3, $4, $5, $6, $9::boolean, $7, $8)
RETURNING key;
