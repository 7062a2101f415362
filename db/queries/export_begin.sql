-- A trace of data that are about to be taken out, where the caller may read
-- them; of a refusal, where other classes and lists enough were taken out
-- within an hour.  The same once more is no other.
-- $1 path of the route   $2 first word of it   $3 the id in it, or NULL
-- $4 address   $5 how many others are enough
WITH other AS (
    SELECT count(DISTINCT (split_part(split_part(t.page, '/', 2), '.', 1),
                           t.subject_id)) < $5::integer AS few
      FROM trace t
     WHERE t.school_id = acquis.school() AND t.person_id = acquis.person()
       AND t.act = 'export' AND t.at > now() - interval '1 hour'
       AND t.page ~ '\.(csv|xlsx)$'
       AND (split_part(split_part(t.page, '/', 2), '.', 1), t.subject_id)
           IS DISTINCT FROM ($2::text, $3::bigint)
)
SELECT o.few AS allowed,
       acquis.trace_page(CASE WHEN o.few THEN 'export'
                              ELSE 'export_refused' END, $1, $2::text,
                         $3::bigint, $4::inet)
  FROM other o;
