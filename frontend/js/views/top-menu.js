/*
 * The menu of a person: who one is, the other screens, theme, account, sign
 * out.  Loaded when it is first opened.
 */
import { html, nothing } from '../../vendor/lit-html.js';
import { loadWords } from '../i18n.js';
import { menu } from '../more.js';
import { icon } from '../parts/icons.js';

await loadWords('menu');

function setTheme(next) {
  try {
    localStorage.setItem('acquis.theme', next);
  } catch {
    /* Storage is refused: this page only. */
  }
  if (next === 'system')
    delete document.documentElement.dataset.theme;
  else
    document.documentElement.dataset.theme = next;
}

const choice = (t, key, values, now, choose) => html`<div class="choice">
  <p class="small soft" id="choice-${key}">${t(key)}</p>
  <div class="segments" role="group" aria-labelledby="choice-${key}">
    ${values.map(value => html`<button type="button" class="btn"
      aria-pressed=${value === now} @click=${() => choose(value)}>
      ${t(`${key}_${value}`)}</button>`)}</div></div>`;

const who = ({ t, session }) => html`<p><b>
  ${session.person.first_name} ${session.person.last_name}</b><br>
  ${session.data.roles.map(role => t(`role_${role}`)).join(', ')}<br>
  <span class="soft">${session.data.school.name}
  (${session.data.school.uai})</span></p><hr>`;

const screens = ({ t, allowed }, close) => {
  const more = menu.filter(allowed);

  return html`${more.map(entry => html`<a class="item" href=${entry.hash}
    @click=${close}>${icon(entry.icon)} ${t(`nav_${entry.nav}`)}</a>`)}
    ${more.length === 0 ? nothing : html`<hr>`}`;
};

const account = ({ t }, close, tell) => html`<hr>
  <a class="item" href="#/account" @click=${close}>
    ${icon('user')} ${t('nav_account')}</a>
  <button type="button" class="item" @click=${() => {
    close();
    tell('sign-out');
  }}>${icon('out')} ${t('sign_out')}</button>`;

/** close(), update() and escape(event) are the header's; tell(verb) too. */
export function draw(context, { close, update, escape, tell }) {
  const { t, session } = context;
  const known = session.data !== null;

  return html`<div class="popover" @keydown=${escape}>
    ${known ? html`${who(context)} ${screens(context, close)}` : nothing}
    ${choice(t, 'theme', ['system', 'light', 'dark'],
      document.documentElement.dataset.theme ?? 'system', next => {
        setTheme(next);
        update();
      })}
    ${known ? account(context, close, tell) : nothing}</div>`;
}
