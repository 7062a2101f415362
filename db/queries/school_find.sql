-- A school by its UAI.
-- $1 UAI
SELECT school_id, uai, name FROM school WHERE uai = $1;
