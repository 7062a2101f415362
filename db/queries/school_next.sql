-- The number of a school that is about to come here.
SELECT nextval(pg_get_serial_sequence('school', 'school_id')) AS school_id;
