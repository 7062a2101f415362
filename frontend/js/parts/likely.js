/* Those who may be the same person (M-048), as a refusal names them. */
import { html, nothing } from '../../vendor/lit-html.js';
import { sourceTag } from './account-state.js';
import { nameOf } from './learner-head.js';
import { notice } from './notice.js';

/**
 * `actions` go on; `choose(person)` (optional) gives the button of one of
 * them, or `nothing`.
 */
export const likely = (error, { t, formatDate }, actions,
  choose = () => nothing) => notice('warn', html`
  <p><b>${t('likely_title')}</b></p><p>${t('likely_text')}</p>
  <ul class="stack plain-row">${error.problem.people.map(one => html`
    <li class="row"><b>${nameOf(one)}</b>
      ${one.birth_date === null ? nothing : html`<span>
        ${formatDate(one.birth_date)}</span>`}
      <span>${one.roles.map(role => t(`role_${role}`)).join(', ')}</span>
      ${one.login === null ? nothing : html`<code>${one.login}</code>`}
      ${sourceTag(one, t)}
      ${one.active ? nothing : html`<span class="tag">${t('inactive')}
        </span>`}
      ${choose(one)}</li>`)}</ul>`, actions);
