-- Whether the base answers.
SELECT 1 AS one;
