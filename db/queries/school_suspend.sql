-- Suspend a school and end its sessions; its data stay.
-- $1 UAI
SELECT acquis.school_suspend($1) AS found;
