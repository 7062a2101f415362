-- Whose password a link may set, and what it must not be.
-- $1 SHA-256 of the secret of the link
SELECT login, birth_date, uai, school
  FROM acquis.reset_find($1::bytea);
