-- Unlock a confirmed interim assessment: its content can be changed until a
-- moment.  The revision stays.
-- $1 interim assessment   $2 reason   $3 last day
WITH opened AS (
    UPDATE interim i
       SET state = 'unlocked', version = i.version + 1,
           positions = r.positions, findings = r.findings,
           advice = r.advice, seen = NULL,
           unlocked_at = now(), unlocked_by = acquis.person(),
           unlock_reason = $2,
           unlock_ends_at = ($3::date + 1)::timestamp
               AT TIME ZONE 'Europe/Paris'
      FROM interim_revision r
     WHERE i.school_id = acquis.school()
       AND i.id = $1::bigint
       AND i.state = 'confirmed'
       AND r.school_id = i.school_id
       AND r.interim_id = i.id
       AND r.revision = i.revision
    RETURNING i.school_id, i.id, i.revision, i.unlock_ends_at
)
INSERT INTO interim_unlock (school_id, interim_id, revision, person_id,
                            reason, ends_at)
SELECT u.school_id, u.id, u.revision, acquis.person(), $2, u.unlock_ends_at
  FROM opened u;
