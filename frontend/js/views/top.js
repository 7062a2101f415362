/* The header: where one is, who one is, language, theme, sign out. */
import { html, nothing, render } from '../../vendor/lit-html.js';
import { icon } from '../parts/icon.js';

const phoneEntries = 5;

export function mount(element, context) {
  const { t, session } = context;
  let nav = '';
  let open = false;

  function tell(verb, detail) {
    element.dispatchEvent(new CustomEvent(verb, { detail }));
  }

  function turn(next) {
    open = next;
    update();
    if (open)
      element.querySelector('.popover button, .popover a')?.focus();
    else
      element.querySelector('.top-menu > button')?.focus();
  }

  function theme(next) {
    try {
      localStorage.setItem('acquis.theme', next);
    } catch {
      /* Storage is refused: this page only. */
    }
    if (next === 'system')
      delete document.documentElement.dataset.theme;
    else
      document.documentElement.dataset.theme = next;
    update();
  }

  function initials() {
    const { first_name: first, last_name: last } = session.person;

    return `${first.at(0) ?? ''}${last.at(0) ?? ''}`.toUpperCase();
  }

  const choice = (key, values, now, choose) => html`<div class="choice">
    <p class="small soft" id="choice-${key}">${t(key)}</p>
    <div class="segments" role="group" aria-labelledby="choice-${key}">
      ${values.map(value => html`<button type="button" class="btn"
        aria-pressed=${value === now} @click=${() => choose(value)}>
        ${t(`${key}_${value}`)}</button>`)}</div></div>`;

  /* Always in sight: each language by its own name. */
  const languages = () => html`<div class="tongues" role="group"
    aria-label=${t('language')}>${['fr', 'en'].map(code => html`<button
      type="button" lang=${code} aria-pressed=${code === context.language}
      aria-label="${code.toUpperCase()}, ${t(`language_${code}`)}"
      title=${t(`language_${code}`)} @click=${() => tell('language', code)}>
      ${code.toUpperCase()}</button>`)}</div>`;

  function menuPanel() {
    const more = context.menu().slice(0).filter(entry => entry.more);

    return html`<div class="popover" @keydown=${escape}>
      ${session.data === null ? nothing : html`<p><b>
        ${session.person.first_name} ${session.person.last_name}</b><br>
        ${session.data.roles.map(r => t(`role_${r}`)).join(', ')}<br>
        <span class="soft">${session.data.school.name}
        (${session.data.school.uai})</span></p><hr>`}
      ${session.data === null ? nothing : more.map(entry => html`<a
        class="item" href=${entry.hash} @click=${() => turn(false)}>
        ${icon(entry.icon)} ${t(`nav_${entry.nav}`)}</a>`)}
      ${session.data === null || more.length === 0 ? nothing : html`<hr>`}
      ${choice('theme', ['system', 'light', 'dark'],
        document.documentElement.dataset.theme ?? 'system', theme)}
      ${session.data === null ? nothing : html`<hr>
        <a class="item" href="#/account" @click=${() => turn(false)}>
          ${icon('user')} ${t('nav_account')}</a>
        <button type="button" class="item" @click=${() => {
          turn(false);
          tell('sign-out');
        }}>${icon('out')} ${t('sign_out')}</button>`}
    </div>`;
  }

  function escape(event) {
    if (event.key === 'Escape') {
      event.stopPropagation();
      turn(false);
    }
  }

  function outside(event) {
    if (open && !element.querySelector('.top-menu').contains(event.target)) {
      open = false;
      update();
    }
  }

  // Safe to call at any time.
  function update() {
    const entries = session.data === null ? []
      : context.menu().filter(entry => !entry.more).slice(0, phoneEntries + 1);

    render(html`<header class="top"><div class="top-in">
      <a class="brand" href="#/home"><img src="/icons/acquis.svg" alt=""
        width="30" height="30">Acquis</a>
      ${entries.length === 0 ? nothing : html`<nav
        class="nav" aria-label=${t('nav')}>
        ${entries.map(entry => html`<a href=${entry.hash}
          aria-current=${entry.nav === nav ? 'page' : nothing}>
          ${icon(entry.icon)}<span>${t(`nav_${entry.nav}`)}</span></a>`)}
      </nav>`}
      ${languages()}
      <div class="top-menu">
        <button type="button" aria-expanded=${open} aria-haspopup="true"
          aria-label=${t('personal_menu')} @click=${() => turn(!open)}>
          ${session.data === null ? icon('gear') : html`
            <span class="avatar" aria-hidden="true">${initials()}</span>
            <span class="who"><b>${session.person.first_name}
              ${session.person.last_name}</b>
              <span>${session.data.school.name}</span></span>
            ${icon('down')}`}
        </button>
        ${open ? menuPanel() : nothing}
      </div></div></header>
      <div id="banner"></div>`, element);
  }

  document.addEventListener('click', outside);
  return {
    element,
    show(data) {
      nav = data.nav ?? nav;
      open = false;
      update();
    },
    close() {
      document.removeEventListener('click', outside);
    },
  };
}
