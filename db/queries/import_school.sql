-- The school an import is for, and the stamps of the last one of each file.
SELECT o.uai, o.school_year, current_date AS today,
       EXISTS (SELECT FROM import i
                WHERE i.school_id = o.school_id AND i.state = 'committed'
                  AND i.stamps ? 'staff') AS staff_imported,
       l.staff, l.learners, l.guardians, l.nomenclature, l.structures
  FROM school o
 CROSS JOIN LATERAL (
       SELECT max(n.stamp) FILTER (WHERE n.kind = 'staff') AS staff,
              max(n.stamp) FILTER (WHERE n.kind = 'learners') AS learners,
              max(n.stamp) FILTER (WHERE n.kind = 'guardians') AS guardians,
              max(n.stamp) FILTER (WHERE n.kind = 'nomenclature')
                  AS nomenclature,
              max(n.stamp) FILTER (WHERE n.kind = 'structures') AS structures
         FROM (SELECT DISTINCT ON (k.kind) k.kind, k.stamp
                 FROM import i
                CROSS JOIN LATERAL jsonb_each_text(i.stamps)
                           AS k (kind, stamp)
                WHERE i.school_id = o.school_id AND i.state = 'committed'
                ORDER BY k.kind, i.committed_at DESC, i.id DESC) n) l
 WHERE o.school_id = acquis.school();
