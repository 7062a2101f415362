-- A login for somebody to whom the files give none.
-- $1 person   $2 login
UPDATE person SET login = $2
 WHERE school_id = acquis.school() AND id = $1::bigint AND login IS NULL;
