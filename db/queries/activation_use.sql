-- Use a code for a new password; false where somebody else just did.
-- $1 school   $2 person   $3 SHA-256 of the code   $4 hash of the password
SELECT acquis.activation_use($1::bigint, $2::bigint, $3::bytea, $4) AS done;
