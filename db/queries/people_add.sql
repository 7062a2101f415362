-- Somebody made by hand.
-- $1 first name   $2 last name   $3 usual name   $4 sex   $5 birth date
-- $6 address   $7 phone   $8 track of a learner   $9 login
INSERT INTO person (school_id, first_name, last_name, usual_name, sex,
                    birth_date, email, phone, track, login, source)
VALUES (acquis.school(), $1, $2, $3, $4, $5::date, $6, $7, $8, $9, 'manual')
RETURNING id;
