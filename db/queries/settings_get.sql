-- Settings of the school.
SELECT o.settings_revision, o.name, o.city, o.email, o.school_year,
       o.value_table,
       o.intermediate_factor_bp, o.rounding, o.learners_see_grade,
       o.guardians_open, o.freeze_scope, o.partner_findings, o.order_by,
       o.second_factor
  FROM school o
 WHERE o.school_id = acquis.school();
