-- The criteria of a version, in their order.
-- $1 key of the version   $2 ids   $3 titles   $4 numbers of competencies
INSERT INTO criterion (framework_key, number, competency_number, id, title)
SELECT $1::integer, number, competency_number, id, title
  FROM unnest($2::text[], $3::text[], $4::integer[])
       WITH ORDINALITY AS c (id, title, competency_number, number);
