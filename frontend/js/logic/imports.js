// Reading the preview of an import: fates in the order in which they deserve
// to be looked at, files told apart by their names.

export const FATES = ['refused', 'conflict', 'probable', 'leaving',
  'returning', 'created', 'changed', 'left_out'];

export const KINDS = ['staff', 'classes', 'groups', 'learners', 'guardians'];

const PARTS = [
  ['staff', /^sts_emp_/i],
  ['guardians', /responsables/i],
  ['labels', /nomenclature|structures/i],
  ['learners', /eleves/i],
];

// The part of the form for a file of that name, or null. Only a proposal: the
// server looks inside.
export function partOf(name) {
  const found = PARTS.find(([, pattern]) => pattern.test(name));

  return found ? found[0] : null;
}

// How many lines of each fate, over all kinds.
export function totals(counts) {
  const sums = {};

  for (const fate of ['same', ...FATES])
    sums[fate] = KINDS.reduce(
      (sum, kind) => sum + counts[kind][fate], 0);
  return sums;
}

export function linesOf(lines, fate) {
  return lines.filter(line => line.fate === fate);
}

// What still stops the commit: warnings not ticked. Probable people without
// an answer and classes without a diploma do not stop it: they wait.
export function unconfirmed(preview, ticked) {
  return preview.to_confirm.filter(code => !ticked.has(code));
}

// The body of the commit from the answers given on screen. `mefs` maps a MEF
// to { framework_id, class_level }, `people` a key to 'same' or 'other'.
export function commitBody(ticked, mefs, people) {
  const keys = answer => [...people].filter(
    ([, value]) => value === answer).map(([key]) => key);

  return {
    confirm: [...ticked],
    mefs: [...mefs].filter(([, { framework_id, class_level }]) =>
      framework_id && class_level).map(
      ([mef, choice]) => ({ mef, ...choice })),
    same: keys('same'),
    other: keys('other'),
  };
}
