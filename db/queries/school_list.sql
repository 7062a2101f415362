-- The schools of this base.
SELECT o.uai, o.name, o.school_year, o.host,
       o.suspended_at IS NOT NULL AS suspended
  FROM school o
 ORDER BY o.uai;
