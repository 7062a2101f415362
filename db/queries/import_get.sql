-- An import as it is shown: the first 2000 lines and anomalies.
-- $1 import
SELECT i.id, p.state, p.step, p.percent, p.interrupted, i.problem, a.ref AS author,
       acquis.instant(i.created_at) AS created_at,
       acquis.instant(i.committed_at) AS committed_at, i.files, i.revision,
       i.preview -> 'counts' AS counts, i.preview ->> 'uai' AS uai,
       i.preview ->> 'school_year' AS school_year,
       i.preview -> 'to_confirm' AS to_confirm, i.preview -> 'mefs' AS mefs,
       i.preview -> 'probable' AS probable,
       (SELECT coalesce(json_agg(l.value), '[]')
          FROM (SELECT value FROM json_array_elements(i.lines)
                 LIMIT 2000) l) AS lines,
       json_array_length(i.lines) AS lines_total,
       (SELECT coalesce(json_agg(l.value), '[]')
          FROM (SELECT value FROM json_array_elements(i.anomalies)
                 LIMIT 2000) l) AS anomalies,
       json_array_length(i.anomalies) AS anomalies_total
  FROM import i
  JOIN import_place p ON p.school_id = i.school_id AND p.import_id = i.id
  JOIN person_ref a ON a.school_id = i.school_id AND a.id = i.author_id
 WHERE i.school_id = acquis.school()
   AND i.id = $1::bigint;
