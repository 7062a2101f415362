-- The schools of this base.
SELECT o.uai, o.name, o.school_year FROM school o ORDER BY o.uai;
