// The small school of named people that every test shares, and its neighbour.
//
//   import { seedSchool, PASSWORD } from './lib/school.mjs';
//   const school = await seedSchool(owner);   // a connected pg.Client
//   school.person.zoe                         // '17', an id as the API has it
//   school.login.zoe                          // 'zoe.martin'
//
// Lycée professionnel des Essais (0999001W), 2025-2026:
//   admin   administrator
//   durand  DDFPT          leroy  head
//   morel   teaches 2MELEC: zoe, adam, lina, hugo, ines
//   petit   teaches 1MCV:   paul, nina, tom
//   roux    teaches the group TP1 of 2MELEC: zoe and adam only
//   claire  guardian of zoe, legal and active (guardian access is closed)
// Lycée professionnel Voisin (0999002X):
//   voisin  administrator  simon  teaches 2MELEC: rose
//
// Everybody's password is PASSWORD.  Everything is made by SQL through the
// owner's connection, in one transaction; frameworks are loaded by whoever
// starts the server.

export const PASSWORD = 'Essais-2025!';

// PASSWORD, as libsodium hashes it with the server's settings: hashing it for
// each of them would take longer than most tests.
const HASH = '$argon2id$v=19$m=19456,t=2,p=1$Tikz54qUeX3nNtt/GpEkGw'
  + '$IGzTMMLnEh3ufShSlUxg52CA3XjtmBRd66U8ltKesQA';

const schools = [
  {
    key: 'essais',
    uai: '0999001W',
    name: 'Lycée professionnel des Essais',
    people: {
      admin: ['administrator', 'Alix', 'ADMIN', 'admin'],
      durand: ['ddfpt', 'Denis', 'DURAND', 'denis.durand'],
      leroy: ['head', 'Laure', 'LEROY', 'laure.leroy'],
      morel: ['teacher', 'Marc', 'MOREL', 'marc.morel'],
      petit: ['teacher', 'Paule', 'PETIT', 'paule.petit'],
      roux: ['teacher', 'Régis', 'ROUX', 'regis.roux'],
      zoe: ['learner', 'Zoé', 'MARTIN', 'zoe.martin'],
      adam: ['learner', 'Adam', 'BERNARD', 'adam.bernard'],
      lina: ['learner', 'Lina', 'DUBOIS', 'lina.dubois'],
      hugo: ['learner', 'Hugo', 'THOMAS', 'hugo.thomas'],
      ines: ['learner', 'Inès', 'ROBERT', 'ines.robert'],
      paul: ['learner', 'Paul', 'RICHARD', 'paul.richard'],
      nina: ['learner', 'Nina', 'SIMON', 'nina.simon'],
      tom: ['learner', 'Tom', 'MOREAU', 'tom.moreau'],
      claire: ['guardian', 'Claire', 'MARTIN', 'claire.martin'],
    },
    classes: {
      '2MELEC': {
        framework: 'bacpro-melec',
        level: '2nde',
        teachers: ['morel'],
        learners: ['zoe', 'adam', 'lina', 'hugo', 'ines'],
      },
      '1MCV': {
        framework: 'bacpro-mcv-a',
        level: '1re',
        teachers: ['petit'],
        learners: ['paul', 'nina', 'tom'],
      },
      TP1: {
        kind: 'group',
        of: '2MELEC',
        teachers: ['roux'],
        learners: ['zoe', 'adam'],
      },
    },
    guardians: { claire: 'zoe' },
  },
  {
    key: 'voisin',
    uai: '0999002X',
    name: 'Lycée professionnel Voisin',
    people: {
      voisin: ['administrator', 'Vic', 'VOISIN', 'vic.voisin'],
      simon: ['teacher', 'Sacha', 'SIMON', 'sacha.simon'],
      rose: ['learner', 'Rose', 'LAURENT', 'rose.laurent'],
    },
    classes: {
      '2MELEC': {
        name: 'voisin2MELEC',
        framework: 'bacpro-melec',
        level: '2nde',
        teachers: ['simon'],
        learners: ['rose'],
      },
    },
    guardians: {},
  },
];

async function addPerson(sql, school, [role, first, last, login]) {
  const { rows: [{ id }] } = await sql.query(
    `INSERT INTO person (school_id, first_name, last_name, login, sex,
                         birth_date, track, source)
     VALUES ($1, $2, $3, $4, 'F', '2009-03-14', $5, 'manual')
     RETURNING id::text`,
    [school, first, last, login, role === 'learner' ? 'school' : null]);
  await sql.query(
    `INSERT INTO person_role (school_id, person_id, role)
     VALUES ($1, $2, $3)`, [school, id, role]);
  await sql.query(
    `INSERT INTO credential (school_id, person_id, password)
     VALUES ($1, $2, $3)`, [school, id, HASH]);
  return id;
}

async function addClass(sql, school, code, c, person) {
  const { rows: [{ id }] } = await sql.query(
    `INSERT INTO class_group (school_id, school_year, kind, code, name,
                              framework_id, class_level)
     VALUES ($1, 2025, $2, $3, $3, $4, $5) RETURNING id::text`,
    [school, c.kind ?? 'class', code, c.framework ?? null, c.level ?? null]);
  for (const name of c.teachers)
    await sql.query(
      `INSERT INTO teaching (school_id, class_id, teacher_id)
       VALUES ($1, $2, $3)`, [school, id, person[name]]);
  for (const name of c.learners)
    await sql.query(
      `INSERT INTO enrolment (school_id, class_id, learner_id)
       VALUES ($1, $2, $3)`, [school, id, person[name]]);
  return id;
}

async function addSchool(sql, s, out) {
  const { rows: [{ id }] } = await sql.query(
    `INSERT INTO school (uai, name, school_year, year_starts_on, year_ends_on)
     VALUES ($1, $2, 2025, '2025-09-01', '2026-08-31')
     RETURNING school_id::text AS id`, [s.uai, s.name]);
  out.id[s.key] = id;
  for (const [name, who] of Object.entries(s.people)) {
    out.person[name] = await addPerson(sql, id, who);
    out.login[name] = who[3];
  }
  for (const [code, c] of Object.entries(s.classes)) {
    const key = c.name ?? code;
    out.class[key] = await addClass(sql, id, code, c, out.person);
    if (c.of)
      await sql.query(
        `INSERT INTO group_class (school_id, group_id, class_id)
         VALUES ($1, $2, $3)`, [id, out.class[key], out.class[c.of]]);
  }
  for (const [guardian, learner] of Object.entries(s.guardians))
    await sql.query(
      `INSERT INTO guardianship (school_id, learner_id, guardian_id, level,
                                 legal, rank)
       VALUES ($1, $2, $3, 1, true, 1)`,
      [id, out.person[learner], out.person[guardian]]);
}

// { id: { essais, voisin }, person: { zoe… }, login: { zoe… },
//   class: { '2MELEC', '1MCV', TP1, voisin2MELEC } }
export async function seedSchool(sql) {
  const out = { id: {}, person: {}, login: {}, class: {} };

  await sql.query('BEGIN');
  for (const s of schools)
    await addSchool(sql, s, out);
  await sql.query('COMMIT');
  return out;
}
