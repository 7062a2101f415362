-- Which of these frameworks there are.
-- $1 frameworks, as bacpro-melec
SELECT DISTINCT f.id FROM framework f WHERE f.id = ANY ($1::text[]);
