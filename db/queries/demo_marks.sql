-- The mean mark of a learner on each competency, in hundredths of a point of
-- 0 to 3; marks without a value aside.
-- $1 learner
SELECT c.number, (avg(ascii(m.mark) - ascii('1')) * 100)::integer AS mean
  FROM mark m
  JOIN competency c ON c.framework_key = m.framework_key
  LEFT JOIN criterion k ON k.framework_key = m.framework_key
                       AND k.number = m.item
 WHERE m.school_id = acquis.school() AND m.learner_id = $1::bigint
   AND m.mark BETWEEN '1' AND '4'
   AND c.number = coalesce(k.competency_number, -m.item)
 GROUP BY c.number
 ORDER BY c.number;
