-- The assessable competencies of a version, in their order.
-- $1 key of the version   $2 ids   $3 codes   $4 titles
INSERT INTO competency (framework_key, number, id, code, title)
SELECT $1::integer, number, id, code, title
  FROM unnest($2::text[], $3::text[], $4::text[])
       WITH ORDINALITY AS c (id, code, title, number);
