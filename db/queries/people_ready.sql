-- Is the school known well enough to make people by hand (M-056)?
SELECT o.name <> '' AND coalesce(o.email, '') <> '' AS ready
  FROM school o
 WHERE o.school_id = acquis.school();
