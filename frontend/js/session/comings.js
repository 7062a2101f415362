/*
 * Signing out, signing in again over the page, staying when the session ends.
 * `page` is the context, with what only the page can do: closeView(), and
 * forget() of what was read for this person.
 */
import { loadWords } from '../i18n.js';
import { forget, mayLeave } from '../store/leave.js';

export async function signOut(page) {
  const { id } = page.session.person;

  if (!await mayLeave(page))
    return;
  await page.session.signOut();
  page.forget();
  page.closeView();
  await forget(id);
  page.navigate('#/sign-in');
}

export async function signInAgain(page) {
  const [{ signInDialog }] = await Promise.all([import('./again.js'),
    loadWords('sign_in'), page.addStyles(['sign-in'])]);

  if (await signInDialog(page))
    return;
  page.session.forget();
  page.forget();
  page.closeView();
  page.navigate('#/sign-in');
}

export async function stayOrGo(page) {
  const { stayDialog } = await import('./again.js');

  if (await stayDialog(page))
    await page.session.load();
}
