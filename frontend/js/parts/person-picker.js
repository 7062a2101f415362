/* One of the people of the school, searched by name. */
import { html, nothing } from '../../vendor/lit-html.js';
import { sourceTag } from './account-state.js';
import { openDialog } from './dialog.js';
import { nameOf } from './learner-head.js';
import { problem } from './notice.js';

const delayMs = 300;

/**
 * Resolves with a person, or null.  `filter`: parameters of GET /people;
 * `options` is drawn below the list and read by who asked.
 */
export async function pickPerson({ api, t }, { title, text, filter = {},
  except = [], options = () => nothing }) {
  let people = null;
  let error = null;
  let timer = 0;
  let turn = 0;

  async function search(q, again) {
    const mine = ++turn;

    try {
      const { data } = await api.get('/people',
        { ...filter, state: 'active', q, limit: 20 });

      if (mine === turn)
        people = data.items.filter(({ id }) => !except.includes(id));
      error = null;
    } catch (refusal) {
      error = refusal;
    }
    if (mine === turn)
      again();
  }

  const line = (one, close) => html`<li class="row spread"><span>
    <b>${nameOf(one)}</b> ${one.roles.map(role => t(`role_${role}`)).join(', ')}
    ${sourceTag(one, t)}</span><button type="button" class="btn"
    @click=${() => close(one)}>${t('pick')} <span class="sr-only">
    ${nameOf(one)}</span></button></li>`;

  const list = close => people === null ? nothing : people.length === 0
    ? html`<p role="status">${t('accounts_none')}</p>`
    : html`<ul class="stack plain-row">${people.map(one =>
      line(one, close))}</ul>`;

  const picked = await openDialog({
    title,
    body: (close, again) => html`<div class="stack"><p>${text}</p>
      ${options(again)}
      <div class="field"><label for="pick-q">${t('accounts_search')}</label>
        <input class="input" id="pick-q" type="search" maxlength="100"
          autofocus @input=${event => {
            const q = event.target.value.trim();

            clearTimeout(timer);
            if (q !== '')
              timer = setTimeout(() => search(q, again), delayMs);
          }}></div>
      ${error === null ? nothing : problem(error, t)}
      ${list(close)}
      <footer><button type="button" class="btn" @click=${() => close(null)}>
        ${t('cancel')}</button></footer></div>`,
  });

  clearTimeout(timer);
  turn++;
  return picked;
}
