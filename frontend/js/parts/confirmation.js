/*
 * The word CONFIRMATION, asked once, compared exactly, paste allowed (M-223).
 *
 * `send(key)` does it; the key is the same at every try, so that a lost answer
 * never makes two. Resolves with what `send` gave, or null.
 */
import { html, nothing } from '../../vendor/lit-html.js';
import { newKey } from '../api.js';
import { confirmed } from '../logic/positions.js';
import { openDialog } from './dialog.js';
import { problem } from './notice.js';

export function askConfirmation({ t }, { title, text, agree, send }) {
  const key = newKey();
  let word = '';
  let busy = false;
  let error = null;

  async function go(close, update) {
    if (!confirmed(word) || busy)
      return;
    busy = true;
    error = null;
    update();
    try {
      close(await send(key));
    } catch (refusal) {
      error = refusal;
    }
    busy = false;
    update();
  }

  return openDialog({
    title,
    body: (close, update) => html`<form class="stack" @submit=${event => {
      event.preventDefault();
      go(close, update);
    }}>
      <p>${text}</p>
      <div class="field"><label for="word">${t('confirm_word')}</label>
        <input class="input" id="word" autocomplete="off" autocapitalize="off"
          spellcheck="false" aria-describedby="word-hint" autofocus
          @input=${event => {
            word = event.target.value;
            update();
          }}>
        <p class="hint" id="word-hint">${word !== '' && !confirmed(word)
          ? t('confirm_not_exact') : t('confirm_hint')}</p></div>
      ${error === null ? nothing : problem(error, t)}
      <footer><button type="button" class="btn" @click=${() => close(null)}>
        ${t('cancel')}</button>
        <button type="submit" class="btn primary"
          ?disabled=${busy || !confirmed(word)}>${agree}</button></footer>
    </form>`,
  });
}
