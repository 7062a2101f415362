-- Count a try to activate, and what it is checked against.
-- $1 UAI, or NULL   $2 login
SELECT school_id, person_id, encode(code, 'hex') AS code, state, birth_date,
       throttled
  FROM acquis.activation_begin($1, $2);
