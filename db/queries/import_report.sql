-- Every line and every anomaly of an import, for a file to keep.  No row: no
-- such import.
-- $1 import
SELECT i.id, i.state, acquis.instant(i.created_at) AS created_at,
       r.kind, r.line, r.key, r.name, r.fate, r.login, r.why, r.changes
  FROM import i
  LEFT JOIN LATERAL (
       SELECT 1 AS part, n, l.value ->> 'kind' AS kind,
              nullif(l.value ->> 'line', '0') AS line,
              l.value ->> 'key' AS key, l.value ->> 'name' AS name,
              l.value ->> 'fate' AS fate, l.value ->> 'login' AS login,
              l.value ->> 'why' AS why,
              (SELECT string_agg((c ->> 'field') || ' : '
                          || coalesce(c ->> 'from', '—') || ' → '
                          || coalesce(c ->> 'to', '—'), ' ; ')
                 FROM json_array_elements(l.value -> 'changes') c) AS changes
         FROM json_array_elements(i.lines) WITH ORDINALITY AS l (value, n)
       UNION ALL
       SELECT 2, n, l.value ->> 'kind', nullif(l.value ->> 'line', '0'),
              NULL, l.value ->> 'who',
              CASE WHEN (l.value ->> 'refused')::boolean
                   THEN 'anomaly_refused' ELSE 'anomaly' END,
              NULL, l.value ->> 'code', l.value ->> 'what'
         FROM json_array_elements(i.anomalies) WITH ORDINALITY
              AS l (value, n)) r ON true
 WHERE i.school_id = acquis.school()
   AND i.id = $1::bigint
 ORDER BY r.part, r.n;
