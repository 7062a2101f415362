-- People who change, return or leave.  What no file tells of their kind stays
-- as it is; logins are given, never changed.
-- $1 rows, JSON (api/import_apply.c)
UPDATE person p
   SET last_name = x.last_name,
       usual_name = x.usual_name,
       first_name = x.first_name,
       sex = coalesce(x.sex, p.sex),
       birth_date = coalesce(x.birth_date, p.birth_date),
       email = CASE x.kind WHEN 'staff' THEN p.email ELSE x.email END,
       phone = CASE x.kind WHEN 'guardian' THEN x.phone ELSE p.phone END,
       login = coalesce(p.login, x.login),
       source = 'import',
       active = x.active,
       left_on = x.left_on,
       staff_type = coalesce(x.staff_type, p.staff_type),
       staff_key = coalesce(x.staff_key, p.staff_key),
       function = coalesce(x.function, p.function),
       siecle_id = coalesce(x.siecle_id, p.siecle_id),
       ine = coalesce(x.ine, p.ine),
       ine_bea = coalesce(x.ine_bea, p.ine_bea),
       elenoet = coalesce(x.elenoet, p.elenoet),
       guardian_key = coalesce(x.guardian_key, p.guardian_key),
       track = coalesce(x.track, p.track)
  FROM jsonb_to_recordset($1::jsonb) AS x (id bigint, kind text,
           same boolean, last_name text, usual_name text, first_name text,
           sex text, birth_date date, email text, phone text, login text,
           active boolean, left_on date, staff_type text, staff_key text,
           function text, siecle_id bigint, ine text, ine_bea text,
           elenoet text, guardian_key text, track text)
 WHERE p.school_id = acquis.school()
   AND p.id = x.id
   AND (NOT x.same OR p.login IS NULL);
