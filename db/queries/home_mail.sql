-- Mails of the school that wait for longer than they should, and that failed
-- in the last week: for who runs it.
SELECT count(*) FILTER (WHERE m.sent_at IS NULL AND m.failed_at IS NULL)
           AS waiting,
       count(*) FILTER (WHERE m.failed_at > now() - interval '7 days')
           AS failed
  FROM mail m
 WHERE m.school_id = acquis.school()
   AND acquis.roles() & 1 <> 0
   AND m.sent_at IS NULL
   AND m.created_at < now() - interval '2 minutes';
