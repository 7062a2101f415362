-- The demonstration school, open to guardians.
-- $1 UAI   $2 name   $3 town   $4 school year
INSERT INTO school (uai, name, city, email, school_year, year_starts_on,
                    year_ends_on, guardians_open)
VALUES ($1, $2, $3, 'secretariat@exemple.invalid', $4::integer,
        make_date($4::integer, 9, 1), make_date($4::integer + 1, 8, 31), true)
RETURNING school_id;
