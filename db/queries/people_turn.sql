-- One at a time makes logins, an import included.
SELECT pg_advisory_xact_lock(4711, acquis.school()::integer);
