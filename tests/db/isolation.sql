-- A4, P5: nothing of a school is readable or writable from another.
\pset format unaligned
\pset tuples_only on
\set ON_ERROR_STOP off
\set VERBOSITY sqlstate

\echo A4: every table that holds school_id has row security and a policy
SELECT c.relname
  FROM pg_class c
  JOIN pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'school_id'
 WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p')
   AND NOT c.relrowsecurity;

\echo A4: school_id comes first in every primary key that holds it
SELECT c.relname
  FROM pg_class c
  JOIN pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'school_id'
  JOIN pg_constraint k ON k.conrelid = c.oid AND k.contype = 'p'
 WHERE n.nspname = 'public' AND k.conkey[1] <> a.attnum
   AND c.relname <> 'session'
 ORDER BY 1;

\echo A4: the role of the API owns nothing and cannot pass row security
SELECT rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb
  FROM pg_roles WHERE rolname = 'acquis_api';
SELECT count(*) FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner
 WHERE r.rolname = 'acquis_api';

-- Two schools with a person, a class and an evaluation each.
INSERT INTO school (uai, name, school_year, year_starts_on, year_ends_on)
VALUES ('0999901A', 'Une', 2026, '2026-09-01', '2027-08-31'),
       ('0999902B', 'Autre', 2026, '2026-09-01', '2027-08-31');
INSERT INTO person (school_id, last_name, first_name, login)
SELECT school_id, 'NOM', 'Prénom', 'someone' FROM school
 WHERE uai IN ('0999901A', '0999902B');
INSERT INTO class_group (school_id, school_year, kind, code, name)
SELECT school_id, 2026, 'class', 'C', 'C' FROM school
 WHERE uai IN ('0999901A', '0999902B');
SELECT school_id AS one FROM school WHERE uai = '0999901A' \gset
SELECT school_id AS two FROM school WHERE uai = '0999902B' \gset

SET ROLE acquis_api;

\echo A4: without enter() there is no row of any school
SELECT count(*) FROM school;
SELECT count(*) FROM person;
SELECT count(*) FROM class_group;
SELECT count(*) FROM journal;

\echo A4: with another school set, its rows and no other
BEGIN;
SELECT set_config('acquis.school', :'two', true) IS NOT NULL;
SELECT count(*) FROM school WHERE school_id = :one;
SELECT count(*) FROM person WHERE school_id = :one;
SELECT count(*) FROM person WHERE school_id = :two;
UPDATE person SET last_name = 'VOLÉ' WHERE school_id = :one;
SELECT count(*) FROM person WHERE last_name = 'VOLÉ';
ROLLBACK;

\echo A4: writing into another school is refused
BEGIN;
SELECT set_config('acquis.school', :'two', true) IS NOT NULL;
INSERT INTO class_group (school_id, school_year, kind, code, name)
VALUES (:one, 2026, 'class', 'D', 'D');
ROLLBACK;

\echo P6: sessions, credentials and their digests cannot be read at all
SELECT count(*) FROM session;
SELECT count(*) FROM credential;

\echo L3: the journal is append-only for the role of the API
UPDATE journal SET act = 'x';
DELETE FROM journal;
TRUNCATE journal;

\echo T1: traces are append-only for the role of the API
UPDATE trace SET act = 'x';
DELETE FROM trace;
TRUNCATE trace CASCADE;
UPDATE trace_file SET learner_id = 1;
DELETE FROM trace_file;

\echo L3: confirmed revisions, covers, unlocks and grades likewise
UPDATE interim_revision SET findings = 'x';
DELETE FROM interim_revision;
TRUNCATE interim_revision;
UPDATE interim_cover SET sheet_revision = 1;
DELETE FROM interim_cover;
UPDATE interim_unlock SET reason = 'x';
DELETE FROM interim_unlock;
UPDATE grade SET value = 2000;
DELETE FROM grade;

\echo L3: and for the owner as well, whoever asks
RESET ROLE;
UPDATE interim_revision SET findings = 'x';
DELETE FROM journal;
TRUNCATE grade;

\echo T1: and for the owner for six months, after which they may go
INSERT INTO trace (school_id, kind, act, at)
VALUES (:one, 'account', 'young', now() - interval '5 months'),
       (:one, 'account', 'old', now() - interval '7 months');
INSERT INTO trace_file (school_id, learner_id, trace_id)
SELECT school_id, 1, id FROM trace WHERE school_id = :one;
UPDATE trace SET at = '2000-01-01';
TRUNCATE trace_file;
DELETE FROM trace_file;
DELETE FROM trace;
DELETE FROM trace_file f USING trace t
 WHERE t.school_id = f.school_id AND t.id = f.trace_id AND t.act = 'old';
DELETE FROM trace WHERE act = 'old';
SELECT act FROM trace WHERE school_id = :one;
