-- Numbers for people to be created.
-- $1 how many
SELECT nextval('person_id_seq') AS id
  FROM generate_series(1, $1::integer);
