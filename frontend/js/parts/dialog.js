/*
 * Dialogs: a native modal <dialog>, so focus, Escape and the inert page come
 * from the browser.
 */
import { html, nothing, render } from '../../vendor/lit-html.js';
import { addStyles } from '../styles.js';

await addStyles(['forms']);

let count = 0;

/**
 * Opens a dialog and resolves with what it was closed with, null on Escape.
 *
 * `body(close, update)` gives the lit-html content below the title; it is
 * drawn again by `update()`.  `actions` are { label, value, kind, disabled() };
 * `kind` is a class of .btn.  `wide` for tables.
 */
export function openDialog({ title, body = () => nothing, actions = [],
  wide = false, role = 'dialog' }) {
  const dialog = document.createElement('dialog');
  const id = `dialog-${++count}`;
  const before = document.activeElement;

  dialog.className = wide ? 'wide' : '';
  dialog.setAttribute('aria-labelledby', id);
  if (role !== 'dialog')
    dialog.setAttribute('role', role);
  document.body.append(dialog);

  return new Promise(resolve => {
    let result = null;
    const close = value => {
      result = value;
      dialog.close();
    };
    const update = () => render(html`<div class="dialog-in">
      <h2 id=${id}>${title}</h2>
      ${body(close, update)}
      ${actions.length === 0 ? nothing : html`<footer>
        ${actions.map(a => html`<button type="button"
          class="btn ${a.kind ?? ''}" ?disabled=${a.disabled?.() ?? false}
          @click=${() => close(a.value)}>${a.label}</button>`)}
      </footer>`}
    </div>`, dialog);

    dialog.addEventListener('close', () => {
      dialog.remove();
      if (before?.isConnected)
        before.focus({ preventScroll: true });
      resolve(result);
    });
    update();
    dialog.showModal();
  });
}

/** True when the person agrees. */
export async function confirmDialog(t, { title, text, agree,
  kind = 'primary' }) {
  return await openDialog({
    title, role: 'alertdialog',
    body: () => html`<p>${text}</p>`,
    actions: [
      { label: t('cancel'), value: false },
      { label: agree, value: true, kind },
    ],
  }) === true;
}
