// Imports: what a form of files may hold, and reading the preview, fates in
// the order in which they deserve to be looked at.

export const FATES = ['refused', 'conflict', 'probable', 'leaving',
  'returning', 'created', 'changed', 'left_out'];

export const KINDS = ['staff', 'classes', 'groups', 'learners', 'guardians'];

export const FILES_MAX = 8;
export const FILE_BYTES_MAX = 20 * 1024 * 1024;
export const ALL_BYTES_MAX = 64 * 1024 * 1024 - 65536; /* and the form */

// Under way: it says itself when it is over.
export const isWorking = state =>
  ['reading', 'planning', 'applying'].includes(state);

// Its files have been read: there is something to look at.
export const isSeen = state =>
  ['previewed', 'committed', 'abandoned'].includes(state);

// Why these files cannot be sent together, as a key of the catalogue, or null.
export function tooMuch(files) {
  if (files.length > FILES_MAX)
    return 'files_many';
  return files.reduce((sum, { size }) => sum + size, 0) > ALL_BYTES_MAX
    ? 'files_large' : null;
}

// What a refusal says of the file at that place of the form, and of none.
export function saidOf(errors, place) {
  return errors.filter(({ pointer }) => pointer === `/files/${place}`);
}

export function saidOfNone(errors) {
  return errors.filter(({ pointer }) => !/^\/files\/\d+$/.test(pointer));
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
