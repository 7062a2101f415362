-- After terms were set: assessments in the term that holds their day, and the
-- change noted.
-- $1 first year
SELECT acquis.terms_settle($1::integer),
       acquis.note('terms', 'school', acquis.school(), NULL, NULL,
           (SELECT coalesce(jsonb_agg(jsonb_build_object('id',
                       t.school_year || '-' || t.kind || t.index,
                       'starts_on', t.starts_on, 'ends_on', t.ends_on,
                       'framework_ids', t.framework_ids,
                       'closed_at', t.closed_at)
                       ORDER BY t.kind, t.index), '[]')
              FROM term t
             WHERE t.school_id = acquis.school()
               AND t.school_year = $1::integer));
