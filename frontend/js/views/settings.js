/*
 * Settings of the school: how grades are made and who sees what, and terms.
 * They share one revision, so a change of one is a change of both.
 */
import { html, render } from '../../vendor/lit-html.js';
import * as settingsForm from '../parts/settings-form.js';
import * as termsForm from '../parts/terms-form.js';

export function mount(element, context) {
  const { api, session, t } = context;
  const head = document.createElement('div');
  const sections = ['div', 'div'].map(
    name => document.createElement(name));
  /* What If-Match says for both forms. */
  const shared = { etag: null };
  const settings = settingsForm.mount(sections[0], context, shared);
  const terms = termsForm.mount(sections[1], context, shared);

  element.className = 'settings stack';
  element.append(head, ...sections);

  return {
    async show() {
      const year = session.data.school.school_year;
      const [answer, { data: list }, frameworks] = await Promise.all([
        api.get('/settings'), api.get('/terms', { school_year: year }),
        api.all('/frameworks')]);

      shared.etag = answer.etag;
      render(html`<header class="page-head"><div class="titles">
        <h1 tabindex="-1">${t('nav_settings')}</h1>
        <p class="meta">${answer.data.school_name} —
          ${t('school_year', { year })}</p></div></header>`, head);
      settings.show(answer.data);
      terms.show({ year, terms: list.items, frameworks });
    },

    close() {},
  };
}
