/* What opens an account, until when, and when it was last used. */
import { html, nothing } from '../../vendor/lit-html.js';

export const accountState = (person, { t, formatDate }) => html`
  ${t(`password_${person.password}`)}
  ${person.password === 'code' ? html`<br><span class="small soft">
    ${t('code_until', { date: formatDate(person.code_expires_at) })}</span>`
    : nothing}
  ${person.signed_in_at === null ? nothing : html`<br>
    <span class="small soft">${t('last_seen', {
      date: formatDate(person.signed_in_at) })}</span>`}`;

/* Green for who comes from a file, red for who was made by hand. */
export const sourceTag = ({ source }, t) => html`<span class="tag ${
  source === 'import' ? 'success' : 'error'}">${t(`source_${source}`)}</span>`;
