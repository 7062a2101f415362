-- What is known of a person, held before.
-- $1 person   $2 first name   $3 last name   $4 usual name   $5 sex
-- $6 birth date   $7 address   $8 phone   $9 track of a learner
UPDATE person p
   SET first_name = $2, last_name = $3, usual_name = $4, sex = $5,
       birth_date = $6::date, email = $7, phone = $8, track = $9
 WHERE p.school_id = acquis.school()
   AND p.id = $1::bigint;
