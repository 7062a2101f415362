-- Save a grade: an immutable record of everything it was computed from.  The
-- partner's feed moves, for a grade is a change to it.
-- $1 interim assessment   $2 interim revision   $3 positions   $4 weights
-- $5 origin   $6 value table   $7 factor, basis points   $8 rounding
-- $9 S of R-08   $10 hundredths of R-09   $11 value
WITH clock AS (
    UPDATE school o
       SET partner_rev = o.partner_rev + 1
     WHERE o.school_id = acquis.school()
    RETURNING o.partner_rev
), held AS (
    UPDATE interim i
       SET version = i.version + 1,
           partner_rev = c.partner_rev
      FROM clock c
     WHERE i.school_id = acquis.school()
       AND i.id = $1::bigint
    RETURNING i.id, i.learner_id, i.version
), saved AS (
    INSERT INTO grade (school_id, interim_id, revision, interim_revision,
                       positions, weights, origin, value_table, factor_bp,
                       rounding, sum, hundredths, value, author_id)
    SELECT acquis.school(), h.id,
           1 + coalesce((SELECT max(g.revision)
                           FROM grade g
                          WHERE g.school_id = acquis.school()
                            AND g.interim_id = h.id), 0),
           $2::integer, $3, $4::integer[], $5, $6, $7::integer, $8,
           $9::bigint, $10::integer, $11::integer, acquis.person()
      FROM held h
    RETURNING value, weights
)
SELECT h.version,
       acquis.note('grade', 'interim', h.id, h.learner_id, NULL,
           (SELECT to_jsonb(s) FROM saved s))
  FROM held h;
