-- An unlocked interim assessment is confirmed again with its next revision.
-- $1 interim assessment   $2 its new revision
UPDATE interim i
   SET state = 'confirmed', revision = $2::integer, version = i.version + 1,
       positions = NULL, findings = NULL, advice = NULL, seen = NULL,
       unlocked_at = NULL, unlocked_by = NULL, unlock_reason = NULL,
       unlock_ends_at = NULL
 WHERE i.school_id = acquis.school()
   AND i.id = $1::bigint
   AND i.state = 'unlocked';
