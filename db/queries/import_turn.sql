-- One import at a time in a school: false while another is being applied.
SELECT pg_try_advisory_xact_lock(4711, acquis.school()::integer) AS mine;
