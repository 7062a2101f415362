-- Somebody who may become a supervisor besides: who is one already, and what
-- kind.
-- $1 person   $2 kind
SELECT p.id
  FROM person p
  JOIN person_role r ON r.school_id = p.school_id AND r.person_id = p.id
                    AND r.role = $2
 WHERE p.school_id = acquis.school()
   AND p.id = $1::bigint
   AND p.active;
