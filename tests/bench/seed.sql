-- Schools to measure on.  Run by psql, as the superuser, on an empty base
-- that has its frameworks:
--
--   psql -v schools=1 -v entry=64 -f tests/bench/seed.sql
--
-- Each school: 7 classes of 30 learners, 40 evaluations a class of 12
-- criteria each, 480 marks a learner; the first 20 evaluations are taken into
-- two confirmed interim assessments.  So 200 schools hold 20 million marks.
-- School 1 has one class more, of 30 learners and `entry` evaluations that
-- nothing holds: the grids to be saved.
--
-- Ids can be told without asking: of school s, learner k of class c is
-- 1000 * s + 30 * (c - 1) + k, teacher t is 1000 * s + 900 + t, evaluation e
-- of class c is 1000 * s + 40 * (c - 1) + e, class c is 10 * s + c.  The
-- evaluations to be saved are 1 to `entry`.  The cookie of teacher t of
-- school s is bench-s-t.

\set ON_ERROR_STOP on
\set classes 7
\set teachers 32
-- Nothing that comes from here is checked again row by row.
SET session_replication_role = replica;
SET synchronous_commit = off;
BEGIN;

CREATE TEMP TABLE shape AS
SELECT f.key, (SELECT count(*) FROM criterion c
                WHERE c.framework_key = f.key)::integer AS criteria,
       (SELECT count(*) FROM competency c
         WHERE c.framework_key = f.key)::integer AS competencies
  FROM framework f WHERE f.id = 'bacpro-melec' AND f.current;

INSERT INTO school (school_id, uai, name, city, school_year, year_starts_on,
                    year_ends_on)
OVERRIDING SYSTEM VALUE
SELECT s, to_char(s, 'FM0000000') || 'X', 'Lycée de mesure ' || s, 'Mesure',
       2025, '2025-09-01', '2026-08-31'
  FROM generate_series(1, :schools) s;

INSERT INTO person (school_id, id, last_name, first_name, sex, birth_date,
                    track, login)
OVERRIDING SYSTEM VALUE
SELECT s, s * 1000 + k, 'NOM-' || k, 'Prénom' || k,
       CASE k % 2 WHEN 0 THEN 'F' ELSE 'M' END, '2009-03-14',
       CASE WHEN k < 900 THEN 'school' END,
       CASE WHEN k > 900 THEN 'enseignant.' || k END
  FROM generate_series(1, :schools) s,
       generate_series(1, 900 + :teachers) k
 WHERE k <= :classes * 30 OR k > 900
    OR (s = 1 AND k <= :classes * 30 + 30);

INSERT INTO person_role (school_id, person_id, role)
SELECT school_id, id, CASE WHEN track IS NULL THEN 'teacher'
                           ELSE 'learner' END
  FROM person;

INSERT INTO credential (school_id, person_id, password)
SELECT school_id, id, '$argon2id$v=19$m=19456,t=2,p=1$Tikz54qUeX3nNtt/GpEkGw'
       '$IGzTMMLnEh3ufShSlUxg52CA3XjtmBRd66U8ltKesQA'
  FROM person WHERE track IS NULL;

INSERT INTO session (token, school_id, person_id, roles, idle, expires_at)
SELECT sha256(convert_to('bench-' || school_id || '-'
                  || id - school_id * 1000 - 900, 'UTF8')),
       school_id, id, 8, interval '12 hours', now() + interval '12 hours'
  FROM person WHERE track IS NULL;

INSERT INTO class_group (school_id, id, school_year, kind, code, name,
                         framework_id, class_level)
OVERRIDING SYSTEM VALUE
SELECT s, s * 10 + c, 2025, 'class', '2MELEC' || c,
       'Seconde MELEC ' || c, 'bacpro-melec', '2nde'
  FROM generate_series(1, :schools) s, generate_series(1, :classes + 1) c
 WHERE c <= :classes OR s = 1;

INSERT INTO enrolment (school_id, class_id, learner_id)
SELECT school_id,
       school_id * 10 + (id - school_id * 1000 - 1) / 30 + 1, id
  FROM person WHERE track IS NOT NULL;

INSERT INTO teaching (school_id, class_id, teacher_id)
SELECT c.school_id, c.id, c.school_id * 1000 + 900 + t
  FROM class_group c, generate_series(1, :teachers) t
 WHERE t % :classes = c.id % 10 % :classes OR c.id % 10 > :classes;

-- Twelve criteria in a row, each evaluation from where the last one ended.
ALTER TABLE evaluation ENABLE ALWAYS TRIGGER evaluation_card;
INSERT INTO evaluation (school_id, id, framework_key, title, complexity,
                        context, class_level, school_year, assessed_on,
                        author_id, items, frozen)
OVERRIDING SYSTEM VALUE
SELECT s, CASE WHEN c > :classes THEN e
               ELSE s * 1000 + (c - 1) * 40 + e END,
       h.key, 'Mise en service d''un équipement, séance ' || e,
       (ARRAY['D', 'Int', 'B'])[e % 3 + 1],
       CASE e % 10 WHEN 0 THEN 'company' ELSE 'school' END, '2nde', 2025,
       date '2025-09-08' + e * 5,
       s * 1000 + 901 + (e + c) % :teachers,
       ARRAY(SELECT (e * 12 + i) % h.criteria + 1
               FROM generate_series(0, 11) i)::smallint[],
       CASE WHEN c <= :classes AND e <= 20 THEN 30 ELSE 0 END
  FROM shape h, generate_series(1, :schools) s,
       generate_series(1, :classes + 1) c,
       generate_series(1, greatest(40, :entry)) e
 WHERE (c <= :classes AND e <= 40)
    OR (c > :classes AND s = 1 AND e <= :entry);
ALTER TABLE evaluation ENABLE TRIGGER evaluation_card;

-- Twelve marks, most of them of the scale; no cell is empty.
INSERT INTO sheet (school_id, learner_id, evaluation_id, marks, frozen)
SELECT e.school_id, p.id, e.id,
       translate(substr(md5(e.id || '-' || p.id), 1, 12),
                 '0123456789abcdef', '12341234123412NA'),
       e.frozen / 30
  FROM evaluation e
  JOIN person p ON p.school_id = e.school_id AND p.track IS NOT NULL
               AND (p.id - e.school_id * 1000 - 1) / 30
                   = CASE WHEN e.id < 1000 THEN :classes
                          ELSE (e.id - e.school_id * 1000 - 1) / 40 END
 ORDER BY e.school_id, p.id, e.id;

-- Two a learner, the first of ten evaluations and the second of the next ten:
-- a radar needs two.  Assessment n of learner l is 1000000 * n + l.
INSERT INTO interim (school_id, id, learner_id, framework_key, state,
                     revision, confirmed_at)
OVERRIDING SYSTEM VALUE
SELECT p.school_id, 1000000 * n + p.id, p.id, h.key, 'confirmed', 1,
       timestamptz '2025-09-12 10:00:00+00' + n * interval '2 months'
  FROM person p, shape h, generate_series(1, 2) n
 WHERE p.track IS NOT NULL
   AND p.id - p.school_id * 1000 <= :classes * 30;

INSERT INTO interim_revision (school_id, interim_id, revision, confirmed_at,
                              author_id, positions, findings, advice, sha256,
                              previous, chain)
SELECT i.school_id, i.id, 1, i.confirmed_at, i.school_id * 1000 + 901,
       (SELECT string_agg(
               (ARRAY['1i', '2i', '3i', '4t', '3t'])
                   [(i.id / 1000000 * 3 + i.id + n) % 5 + 1], '')
          FROM generate_series(1, h.competencies) n),
       repeat('Travail suivi, gestes sûrs, contrôles à mener seul. ', 6),
       repeat('Reprendre les mesures de sécurité avant la période. ', 6),
       sha256(int8send(i.id)), sha256(int8send(i.id - 1)), i.id
  FROM interim i, shape h;

INSERT INTO interim_cover (school_id, interim_id, revision, evaluation_id,
                           sheet_revision)
SELECT s.school_id,
       1000000 * ((s.evaluation_id - s.school_id * 1000 - 1) % 40 / 10 + 1)
           + s.learner_id,
       1, s.evaluation_id, s.revision
  FROM sheet s
 WHERE s.frozen > 0 AND s.learner_id - s.school_id * 1000 <= 30;

COMMIT;
SET session_replication_role = origin;
VACUUM (ANALYZE);
CHECKPOINT;
SELECT count(*) AS sheets,
       sum(length(translate(marks, '.', ''))) AS marks
  FROM sheet;
