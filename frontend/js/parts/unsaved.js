/*
 * What an Autosave could not save: asked about, explained, exported, given up.
 *
 * `words` is how its cells are read: label(key), text(key, value), `locked`,
 * the word that says what was locked; dropped(), if any, is told.
 */
import { html, nothing } from '../../vendor/lit-html.js';
import { chooseValues, quoted } from './conflict.js';
import { confirmDialog } from './dialog.js';
import { download } from './download.js';
import { saveTrouble } from './save-trouble.js';

/** Asks by itself when there is a conflict; `box()` is for the page. */
export function mount(saver, context, words) {
  const { t } = context;
  let asked = false;
  let asking = false;

  const lines = cells => cells.map(([key, value]) =>
    `${words.label(key)} : ${words.text(key, value)}`);

  async function ask() {
    if (asking)
      return;
    asking = true;

    const keep = await chooseValues(context, saver.conflicts.map(
      ({ key, mine, theirs }) => ({ key, name: words.label(key),
        what: saver.about.title,
        mine: quoted(words.text(key, mine), t),
        theirs: quoted(words.text(key, theirs), t) })));

    asking = false;
    if (keep !== null)
      await saver.resolve(keep);
    else
      saver.tell();
  }

  function look() {
    const before = asked;

    asked = saver.phase === 'conflict';
    if (asked && !before)
      ask();
  }

  async function drop() {
    const n = saver.count;

    if (await confirmDialog(t, { title: t('save_drop', { n }),
      text: t('save_drop_text'), agree: t('save_drop', { n }),
      kind: 'danger' }))
      words.dropped?.(saver.drop());
  }

  const exportNow = () => download('acquis.txt', `${lines([...saver.unsent,
    ...saver.gone.map(({ key, mine }) => [key, mine])]).join('\r\n\r\n')}\r\n`,
  'text/plain;charset=utf-8');

  saver.addEventListener('change', look);
  look();
  return {
    box: () => html`${saveTrouble(saver, context, { exportNow, drop,
      again: () => saver.again(), locked: words.locked })}
      ${['locked', 'refused'].includes(saver.phase) ? html`<ul class="quote">
        ${lines([...saver.unsent]).map(line => html`<li>${line}</li>`)}</ul>`
        : nothing}
      ${saver.phase !== 'conflict' || asking ? nothing
        : html`<p><button type="button" class="btn primary" @click=${ask}>
        ${t('conflict_open')}</button></p>`}`,
  };
}
