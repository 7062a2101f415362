/*
 * One's own account: password, second factor, address, where one is signed
 * in.  While the password is one that somebody gave there is nothing else to
 * do here, and while a second factor is missing nothing but that.
 */
import { html, render } from '../../vendor/lit-html.js';
import * as email from '../parts/own-email.js';
import * as factor from '../parts/own-factor.js';
import * as password from '../parts/own-password.js';
import * as places from '../parts/own-places.js';

export function mount(element, context) {
  const { session, t } = context;
  const head = document.createElement('div');
  const parts = [];

  function add(part) {
    const holder = document.createElement('div');

    element.append(holder);
    parts.push(part.mount(holder, context));
  }

  element.className = 'narrow stack';
  element.append(head);
  add(password);

  return {
    async show() {
      const { person, school, password_change_required: first,
        enrolment_required: enrol } = session.data;

      render(html`<header class="page-head"><div class="titles">
        <h1 tabindex="-1">${t('account_title')}</h1>
        <p class="meta">${person.first_name} ${person.last_name} —
          ${school.name}</p></div></header>`, head);
      if (!first && parts.length === 1)
        add(factor);
      if (!first && !enrol && parts.length === 2)
        [email, places].forEach(add);
      await Promise.all(parts.map(part => part.show()));
    },
    close() {},
  };
}
