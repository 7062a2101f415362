/* The header: where one is, who one is, language; top-menu.js is the rest. */
import { html, nothing, render } from '../../vendor/lit-html.js';
import { icon } from '../parts/icon.js';

const phoneEntries = 5;

export function mount(element, context) {
  const { t, session } = context;
  let nav = '';
  let open = false;
  let panel = null;

  function tell(verb, detail) {
    element.dispatchEvent(new CustomEvent(verb, { detail }));
  }

  /* What the menu holds is loaded when it is first opened. */
  async function turn(next) {
    if (next && panel === null)
      try {
        [panel] = await Promise.all([import('./top-menu.js'),
          context.addStyles(['menu'])]);
      } catch {
        context.announce(t('error_page'));
        return;
      }
    open = next;
    update();
    if (open)
      element.querySelector('.popover button, .popover a')?.focus();
    else
      element.querySelector('.top-menu > button')?.focus();
  }

  function initials() {
    const { first_name: first, last_name: last } = session.person;

    return `${first.at(0) ?? ''}${last.at(0) ?? ''}`.toUpperCase();
  }

  /* Always in sight: each language by its own name. */
  const languages = () => html`<div class="tongues" role="group"
    aria-label=${t('language')}>${['fr', 'en'].map(code => html`<button
      type="button" lang=${code} aria-pressed=${code === context.language}
      aria-label="${code.toUpperCase()}, ${t(`language_${code}`)}"
      title=${t(`language_${code}`)} @click=${() => tell('language', code)}>
      ${code.toUpperCase()}</button>`)}</div>`;

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
      : context.menu().slice(0, phoneEntries + 1);

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
        ${open ? panel.draw(context, { tell, update, escape,
          close: () => turn(false) }) : nothing}
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
