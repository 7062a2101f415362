/* A secret shown once: selectable, with a button to copy it. */
import { html } from '../../vendor/lit-html.js';
import { icon } from './icons.js';

/** `fields` are [label, value]; resolves when the dialog is closed. */
export function showSecret({ t, announce }, openDialog,
  { title, text, fields }) {
  let copied = null;

  async function copy(value, event, update) {
    const input = event.target.closest('.secret').querySelector('input');

    input.select();
    try {
      await navigator.clipboard.writeText(value);
      copied = value;
      announce(t('copied'));
    } catch {
      /* The text is selected: Ctrl+C does it. */
      announce(t('copy_by_hand'));
    }
    update();
  }

  return openDialog({
    title,
    body: (close, update) => html`<p><b>${text}</b></p>
      ${fields.map(([label, value], i) => html`<div class="field">
        <label for="secret-${i}">${label}</label>
        <div class="secret"><input class="input" id="secret-${i}" readonly
          .value=${value} @focus=${event => event.target.select()}>
        <button type="button" class="btn" @click=${event =>
          copy(value, event, update)}>${icon(copied === value ? 'check'
            : 'card')} ${t(copied === value ? 'copied' : 'copy')}
          <span class="sr-only">${label}</span></button></div></div>`)}`,
    actions: [{ label: t('secret_kept'), value: true, kind: 'primary' }],
  });
}
