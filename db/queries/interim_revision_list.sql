-- Confirmed revisions of an interim assessment, oldest first.
-- $1 interim assessment   $2 revision, NULL: all   $3 after this one
-- $4 how many at most
SELECT r.revision AS id, r.revision, acquis.instant(r.confirmed_at) AS confirmed_at,
       a.ref::text AS author, encode(r.sha256, 'hex') AS sha256,
       encode(r.previous, 'hex') AS previous, l.ref::text AS learner,
       f.id AS framework_id, f.version AS framework_version,
       i.framework_key, r.positions, r.findings, r.advice,
       CASE WHEN acquis.roles() & 14 <> 0 THEN (
           SELECT json_build_object('at', acquis.instant(u.at), 'author', p.ref,
                      'reason', u.reason,
                      'expires_at', acquis.instant(u.ends_at))::text
             FROM interim_unlock u
             JOIN person_ref p ON p.school_id = u.school_id
                              AND p.id = u.person_id
            WHERE u.school_id = r.school_id AND u.interim_id = r.interim_id
              AND u.revision = r.revision
            ORDER BY u.at DESC
            LIMIT 1) END AS unlocked,
       (SELECT coalesce(json_agg(json_build_object(
                   'id', c.evaluation_id::text, 'revision', c.sheet_revision)
                   ORDER BY c.evaluation_id), '[]')::text
          FROM interim_cover c
          JOIN evaluation e ON e.school_id = c.school_id
                           AND e.id = c.evaluation_id
         WHERE c.school_id = r.school_id AND c.interim_id = r.interim_id
           AND c.revision = r.revision
           AND (acquis.reads_results()
                OR (e.visible AND e.deleted_at IS NULL))) AS evaluations
  FROM interim_revision r
  JOIN interim i ON i.school_id = r.school_id AND i.id = r.interim_id
  JOIN read_learner s ON s.school_id = i.school_id
                     AND s.learner_id = i.learner_id
  JOIN framework f ON f.key = i.framework_key
  JOIN person_ref a ON a.school_id = r.school_id AND a.id = r.author_id
  JOIN learner_ref l ON l.school_id = i.school_id AND l.id = i.learner_id
 WHERE r.school_id = acquis.school()
   AND r.interim_id = $1::bigint
   AND ($2::integer IS NULL OR r.revision = $2)
   AND ($3::integer IS NULL OR r.revision > $3)
 ORDER BY r.revision
 LIMIT $4::integer;
