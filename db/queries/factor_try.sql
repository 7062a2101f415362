-- Count a try of a code, and what it is checked against.
SELECT encode(secret, 'hex') AS secret, step, confirmed, throttled
  FROM acquis.factor_try();
