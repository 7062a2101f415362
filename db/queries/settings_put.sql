-- Change the settings, held before; the journal has both states.
-- $1 name, or NULL to leave it   $2 city, likewise
-- $3 whether the address is told   $4 address, or NULL for none
-- $5 value table   $6 factor, basis points   $7 rounding
-- $8 learners see the grade   $9 guardians may enter   $10 what is frozen
-- $11 findings go to partners   $12 order of the dashboard
-- $13 second factor of who runs the school, or NULL to leave it
WITH old AS (
    SELECT to_jsonb(o) - 'partner_rev' - 'created_at' AS state
      FROM school o
     WHERE o.school_id = acquis.school()
), put AS (
    UPDATE school o
       SET name = coalesce($1, o.name), city = coalesce($2, o.city),
           email = CASE WHEN $3::boolean THEN $4 ELSE o.email END,
           value_table = $5, intermediate_factor_bp = $6::integer,
           rounding = $7, learners_see_grade = $8::boolean,
           guardians_open = $9::boolean, freeze_scope = $10,
           partner_findings = $11::boolean, order_by = $12,
           second_factor = coalesce($13, o.second_factor)
     WHERE o.school_id = acquis.school()
    RETURNING to_jsonb(o) - 'partner_rev' - 'created_at' AS state
)
SELECT acquis.note('settings', 'school', acquis.school(), NULL, old.state,
                   s.state)
  FROM old, put s;
