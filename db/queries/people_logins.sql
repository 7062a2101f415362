-- Logins that begin as one does, which it might collide with.
-- $1 login
SELECT p.login
  FROM person p
 WHERE p.school_id = acquis.school()
   AND starts_with(p.login, left($1, 12));
