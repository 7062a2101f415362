-- Count a try to activate, and what it is checked against.
-- $1 UAI, or NULL   $2 login
-- $3 host name that was asked: where it is a school's own, it says which
SELECT a.school_id, a.person_id, encode(a.code, 'hex') AS code, a.state,
       a.birth_date, a.throttled, s.uai, s.name AS school
  FROM acquis.activation_begin(coalesce(acquis.school_at($3), $1), $2) a
  LEFT JOIN LATERAL acquis.school_named(a.school_id) s ON true;
