/* Signing in again over the page, and staying when the session ends. */
import { html } from '../../vendor/lit-html.js';
import { loadWords } from '../i18n.js';
import { openDialog } from '../parts/dialog.js';
import { signInForm } from '../views/sign-in.js';

await loadWords('waiting');

let open = null;

/**
 * Asks for the password over the page, so that nothing typed is lost.  True
 * when the same person is back; somebody else starts from the home screen.
 */
export function signInDialog(context) {
  const { t, session } = context;
  const before = session.person?.id;

  open ??= openDialog({
    title: t('session_lost'),
    body: close => {
      const form = document.createElement('div');

      signInForm(form, context, () => close('back'));
      return html`<p>${t('session_lost_text')}</p><div class="form">
        ${form}</div><button type="button" class="btn quiet"
        @click=${() => close('leave')}>${t('session_leave')}</button>`;
    },
  }).then(answer => {
    open = null;
    if (answer !== 'back')
      return false;
    if (session.person.id !== before)
      location.reload();
    return true;
  });
  return open;
}

/** True when the person is still there, three minutes before the end. */
export async function stayDialog({ t }) {
  return await openDialog({
    title: t('session_ending'), role: 'alertdialog',
    body: () => html`<p>${t('session_ending_text')}</p>`,
    actions: [{ label: t('session_stay'), value: true, kind: 'primary' }],
  }) === true;
}
