-- Count a try to activate, and what it is checked against.
-- $1 UAI, or NULL   $2 login
SELECT a.school_id, a.person_id, encode(a.code, 'hex') AS code, a.state,
       a.birth_date, a.throttled, s.uai, s.name AS school
  FROM acquis.activation_begin($1, $2) a
  LEFT JOIN LATERAL acquis.school_named(a.school_id) s ON true;
