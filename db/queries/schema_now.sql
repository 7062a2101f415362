-- What this base was made by: its last migration, and a digest of them all.
SELECT max(number) AS number,
       encode(sha256(string_agg(sha256, '' ORDER BY number)), 'hex') AS digest
  FROM migration;
