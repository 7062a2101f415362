/*
 * A person as a form holds it, and what of it changed: only that is sent, so
 * that two changes of different things both stand.
 */
const texts = ['first_name', 'last_name', 'usual_name', 'sex', 'birth_date',
  'email', 'phone'];

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

/** What the form of somebody (of nobody yet) starts from. */
export function draftOf(person = {}) {
  return {
    ...Object.fromEntries(texts.map(name => [name, person[name] ?? ''])),
    roles: [...person.roles ?? []],
    track: person.track ?? '',
    services: (person.services ?? []).map(one => ({ class_id: one.class_id,
      class_code: one.class_code, subject: one.subject,
      fixed: one.source === 'import' })),
    class_ids: (person.classes ?? []).map(({ id }) => id),
  };
}

/** The body of a creation. */
export function bodyOf(draft) {
  const learner = draft.roles.includes('learner');

  return {
    ...Object.fromEntries(texts.map(name =>
      [name, draft[name].trim() || null])),
    roles: draft.roles,
    track: learner && draft.track !== '' ? draft.track : null,
    services: draft.roles.includes('teacher') ? draft.services
      .filter(one => one.class_id !== '')
      .map(one => ({ class_id: one.class_id, subject: one.subject.trim() }))
      : [],
    class_ids: learner ? draft.class_ids : [],
  };
}

/** The merge patch that makes a person what the draft says. */
export function changesOf(person, draft) {
  const before = bodyOf(draftOf(person));

  return Object.fromEntries(Object.entries(bodyOf(draft))
    .filter(([name, value]) => !same(value, before[name])));
}

/**
 * Somebody else changed the person meanwhile: what was typed stays, the rest
 * is theirs.  `both` names what both changed, each otherwise.
 */
export function mergeDraft(before, now, draft) {
  const mine = Object.keys(changesOf(before, draft));
  const [theirs, typed] = [changesOf(before, draftOf(now)), bodyOf(draft)];
  const both = mine.filter(name => name in theirs
    && !same(theirs[name], typed[name]));

  return {
    draft: { ...draftOf(now),
      ...Object.fromEntries(mine.map(name => [name, draft[name]])) },
    both,
  };
}

/** A learner is nothing else. */
export function withRole(roles, role, on) {
  if (!on)
    return roles.filter(one => one !== role);
  if (role === 'learner')
    return [role];
  return [...roles.filter(one => one !== 'learner'), role];
}
