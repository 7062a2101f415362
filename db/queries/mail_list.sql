-- Mails of the school, newest first.
-- $1 state, or NULL   $2 mail to start after, or NULL   $3 how many
SELECT m.id, m.template, m.address, m.tries, m.reason,
       json_build_object('id', p.id::text, 'first_name', p.first_name,
           'last_name', coalesce(p.usual_name, p.last_name))::text AS person,
       CASE WHEN m.sent_at IS NOT NULL THEN 'sent'
            WHEN m.failed_at IS NOT NULL THEN 'failed'
            ELSE 'waiting' END AS state,
       acquis.instant(m.created_at) AS created_at,
       acquis.instant(m.sent_at) AS sent_at,
       CASE WHEN m.sent_at IS NULL AND m.failed_at IS NULL
            THEN acquis.instant(m.try_at) END AS next_try_at
  FROM mail m
  JOIN person p ON p.school_id = m.school_id AND p.id = m.person_id
 WHERE m.school_id = acquis.school()
   AND ($1::text IS NULL
        OR $1 = CASE WHEN m.sent_at IS NOT NULL THEN 'sent'
                     WHEN m.failed_at IS NOT NULL THEN 'failed'
                     ELSE 'waiting' END)
   AND ($2::bigint IS NULL OR m.id < $2)
 ORDER BY m.id DESC
 LIMIT $3::integer;
