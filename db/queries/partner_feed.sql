-- A page of the feed, and its line in the log: what changed after one number
-- and up to another, in the order of the clock.
-- $1 terms   $2 since, or NULL for a snapshot without tombstones
-- $3 through   $4 number and $5 id of the last item of the page before
-- $6 code of a framework, or NULL   $7 divisions, empty for all
-- $8 items of a page and one more   $9 what was asked   $10 from which address
WITH page AS (
    SELECT i.id, i.partner_rev, i.withdrawn_at, i.revision, i.framework_key,
           t.school_year || '-' || t.kind || t.index AS period, t.kind,
           t.index, f.code, f.version, i.learner_id
      FROM interim i
      JOIN term t ON t.school_id = i.school_id AND t.id = i.term_id
      JOIN framework f ON f.key = i.framework_key
     WHERE i.school_id = acquis.school()
       AND i.term_id = ANY ($1::bigint[])
       AND CASE WHEN $2::bigint IS NULL THEN i.withdrawn_at IS NULL
                ELSE i.partner_rev > $2 END
       AND i.partner_rev <= $3::bigint
       AND (i.partner_rev, i.id) > ($4::bigint, $5::bigint)
       AND ($6::text IS NULL OR f.code = $6)
       AND (cardinality($7::text[]) = 0
            OR acquis.division(i.school_id, i.learner_id) = ANY ($7))
     ORDER BY i.partner_rev, i.id
     LIMIT $8::integer
), logged AS (
    INSERT INTO partner_pull (school_id, access_id, address, request, items)
    SELECT acquis.school(), acquis.access(), $10::inet, $9,
           least(count(*), $8::integer - 1)
      FROM page
)
SELECT p.id, p.partner_rev, p.framework_key, p.period, p.kind, p.index,
       p.code, p.version, l.ref AS learner,
       acquis.instant(p.withdrawn_at) AS withdrawn_at,
       acquis.instant(r.confirmed_at) AS validated_at, r.positions,
       CASE WHEN length(r.advice) > 2000
            THEN left(r.advice, 1999) || '…' ELSE r.advice END AS advice,
       r.findings, a.staff_key, a.staff_type, a.last_name, a.first_name,
       (SELECT g.value
          FROM grade g
         WHERE g.school_id = acquis.school() AND g.interim_id = p.id
           AND g.interim_revision = p.revision
         ORDER BY g.revision DESC
         LIMIT 1) AS grade
  FROM page p
  JOIN interim_revision r ON r.school_id = acquis.school()
                         AND r.interim_id = p.id AND r.revision = p.revision
  JOIN partner_learner l ON l.school_id = r.school_id AND l.id = p.learner_id
  JOIN person a ON a.school_id = r.school_id AND a.id = r.author_id
 ORDER BY p.partner_rev, p.id;
