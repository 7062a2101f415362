-- One's own second factor.
SELECT f.state, f.codes_left, f.required,
       acquis.instant(f.confirmed_at) AS confirmed_at
  FROM acquis.factor_own() f;
