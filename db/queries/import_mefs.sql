-- Which diploma and level each training is.
SELECT m.mef, m.framework_id AS framework, m.class_level AS level
  FROM mef m
 WHERE m.school_id = acquis.school()
 ORDER BY m.mef;
