/*
 * Activation codes: asked for, shown once, printed as slips while they are on
 * screen.
 */
import { html, nothing } from '../../vendor/lit-html.js';
import { openDialog } from './dialog.js';
import { download } from './download.js';
import { icon } from './icons.js';
import { nameOf } from './learner-head.js';
import { problem } from './notice.js';

const DAYS = 30;

/* What the codes are to do, and the answer of the server, or null. */
function ask({ api, t }, who) {
  const n = who.people?.length;
  let refusal = null;
  let busy = false;

  async function submit(event, close, again) {
    event.preventDefault();

    const form = new FormData(event.target);

    busy = true;
    again();
    try {
      close((await api.send('POST', '/activation-codes', {
        ...who.class ? { class_id: who.class.id }
          : { person_ids: who.people.map(({ id }) => id) },
        days: Number(form.get('days')),
        only_without_password: form.has('new_only') })).data);
    } catch (error) {
      refusal = error;
      busy = false;
      again();
    }
  }

  return openDialog({
    title: who.class ? t('codes_class_title', { code: who.class.code })
      : t('codes_title', { n, name: nameOf(who.people[0]) }),
    body: (close, again) => html`<form class="stack" @submit=${event =>
      submit(event, close, again)}>
      <p>${t('codes_text')}</p>
      <div class="field"><label for="days">${t('codes_days')}</label>
        <input class="input" id="days" name="days" type="number" min="1"
          max="90" required .value=${DAYS}></div>
      <label class="check"><input type="checkbox" name="new_only"
        ?checked=${n !== 1}><span>${t('codes_new_only')}</span></label>
      ${refusal === null ? nothing : problem(refusal, t)}
      <footer><button type="button" class="btn" @click=${() => close(null)}>
        ${t('cancel')}</button><button class="btn primary" ?disabled=${busy}>
        ${t('codes_give')}</button></footer></form>`,
  });
}

const table = ({ items }, t) => html`<div class="scroll tall"><table
  class="table"><thead><tr>${['name', 'class', 'login', 'code'].map(key =>
    html`<th scope="col">${t(key)}</th>`)}</tr></thead>
  <tbody>${items.map(one => html`<tr><th scope="row">${nameOf(one.person)}</th>
    <td>${one.class_code ?? '–'}</td><td><code>${one.login}</code></td>
    <td><code class="nowrap">${one.code}</code></td></tr>`)}</tbody></table>
  </div>`;

const skipped = ({ skipped: list }, t) => list.length === 0 ? nothing
  : html`<details><summary>${t('codes_skipped', { n: list.length })}</summary>
    <ul class="plain small">${list.map(one => html`<li>${nameOf(one.person)} :
      ${t(`codes_why_${one.reason}`)}</li>`)}</ul></details>`;

/* The codes, for as long as the dialog is open. */
function show({ api, t, announce, formatDate }, who, made) {
  let error = null;
  let busy = false;

  async function print(again) {
    busy = true;
    error = null;
    again();
    try {
      const { data } = await api.send('POST', '/activation-codes/slips.pdf', {
        codes: made.items.map(({ person, code }) =>
          ({ person_id: person.id, code })) });

      download(`${t('codes_file')} ${who.class?.code ?? ''}`.trim() + '.pdf',
        data, 'application/pdf');
      announce(t('codes_printed'));
    } catch (refusal) {
      error = refusal;
    }
    busy = false;
    again();
  }

  return openDialog({
    wide: true,
    title: t('codes_made', { n: made.items.length }),
    body: (close, again) => html`<div class="stack">
      ${made.items.length === 0 ? html`<p>${t('codes_nobody')}</p>` : html`
        <p><b>${t('codes_once', { date: formatDate(made.expires_at) })}</b></p>
        ${table(made, t)}`}
      ${skipped(made, t)}
      ${error === null ? nothing : problem(error, t, () => print(again))}
      <footer>${made.items.length === 0 ? nothing : html`<button type="button"
        class="btn primary" ?disabled=${busy} @click=${() => print(again)}>
        ${icon('print')} ${t('codes_print')}</button>`}
      <button type="button" class="btn" @click=${() => close(true)}>
        ${t('close')}</button></footer></div>`,
  });
}

/** For { class } or { people }; true once codes were given. */
export async function issueCodes(context, who) {
  const made = await ask(context, who);

  if (made === null)
    return false;
  await show(context, who, made);
  return true;
}
