-- A school, unless its UAI is there.
-- $1 UAI   $2 name   $3 first year of the school year
INSERT INTO school (uai, name, school_year, year_starts_on, year_ends_on)
VALUES ($1, $2, $3::integer, make_date($3::integer, 9, 1),
        make_date($3::integer + 1, 8, 31))
    ON CONFLICT (uai) DO NOTHING
RETURNING school_id;
