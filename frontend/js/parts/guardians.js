/*
 * Guardians of a learner, children of a guardian (M-052).  A tie of a file is
 * changed by the next file alone.
 */
import { html, nothing } from '../../vendor/lit-html.js';
import { sourceTag } from './account-state.js';
import { confirmDialog } from './dialog.js';
import { icon } from './icons.js';
import { nameOf } from './learner-head.js';
import { pickPerson } from './person-picker.js';

const path = (learner, guardian) =>
  `/people/${encodeURIComponent(learner.id)}/guardians/${
    encodeURIComponent(guardian.id)}`;

/** True once somebody is tied to the learner; refusals are thrown. */
export async function tieGuardian(context, learner) {
  const { api, t } = context;
  let legal = true;
  const guardian = await pickPerson(context, {
    title: t('guardian_add'), text: t('guardian_add_text'),
    except: [learner.id, ...learner.guardians.map(({ person }) => person.id)],
    options: () => html`<label class="check"><input type="checkbox" checked
      @change=${event => {
        legal = event.target.checked;
      }}><span>${t('guardian_legal')}</span></label>`,
  });

  if (guardian === null)
    return false;
  await api.send('PUT', path(learner, guardian),
    { legal, rank: Math.min(99, learner.guardians.length + 1) });
  context.announce(t('guardian_tied', { name: nameOf(guardian) }));
  return true;
}

/** True once the tie is undone; refusals are thrown. */
export async function untieGuardian({ api, t, announce }, learner, guardian) {
  if (!await confirmDialog(t, {
    title: t('guardian_untie_title', { name: nameOf(guardian) }),
    text: t('guardian_untie_text'), agree: t('guardian_untie'),
    kind: 'danger' }))
    return false;
  await api.send('DELETE', path(learner, guardian));
  announce(t('guardian_untied'));
  return true;
}

/** The list, with `add` and `untie(person)` where the caller may. */
export function ties({ t }, { title, list, add, untie }) {
  const line = tie => html`<li class="row spread"><span>
    <a href="#/people/${tie.person.id}">${nameOf(tie.person)}</a>
    ${tie.legal ? html`<span class="tag">${t('guardian_is_legal')}</span>`
      : nothing} ${sourceTag(tie, t)}</span>
    ${untie === undefined || tie.source === 'import' ? nothing
      : html`<button type="button" class="btn" @click=${() =>
        untie(tie.person)}>${t('guardian_untie')} <span class="sr-only">
        ${nameOf(tie.person)}</span></button>`}</li>`;

  return html`<section class="panel stack"><div class="row spread">
    <h2>${title}</h2>${add === undefined ? nothing : html`<button
      type="button" class="btn" @click=${add}>${icon('plus')}
      ${t('guardian_add')}</button>`}</div>
    ${list.length === 0 ? html`<p class="soft">${t('guardian_none')}</p>`
      : html`<ul class="stack plain-row">${list.map(line)}</ul>`}</section>`;
}
