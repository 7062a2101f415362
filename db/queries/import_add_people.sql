-- People who are created, with their numbers.
-- $1 rows, JSON (api/import_apply.c)
INSERT INTO person (school_id, id, last_name, usual_name, first_name, sex,
                    birth_date, email, phone, login, active, left_on,
                    staff_type, staff_key, function, siecle_id, ine, ine_bea,
                    elenoet, guardian_key, track)
OVERRIDING SYSTEM VALUE
SELECT acquis.school(), x.id, x.last_name, x.usual_name, x.first_name, x.sex,
       x.birth_date, x.email, x.phone, x.login, x.active, x.left_on,
       x.staff_type, x.staff_key, x.function, x.siecle_id, x.ine, x.ine_bea,
       x.elenoet, x.guardian_key, x.track
  FROM jsonb_to_recordset($1::jsonb) AS x (id bigint, last_name text,
           usual_name text, first_name text, sex text, birth_date date,
           email text, phone text, login text, active boolean, left_on date,
           staff_type text, staff_key text, function text, siecle_id bigint,
           ine text, ine_bea text, elenoet text, guardian_key text,
           track text);
