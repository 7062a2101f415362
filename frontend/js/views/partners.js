/*
 * Accesses of partners (PRONOTE and others): keys shown once, what each may
 * read, last transfer, revocation.
 */
import { html, nothing, render } from '../../vendor/lit-html.js';
import { confirmDialog, openDialog } from '../parts/dialog.js';
import { icon } from '../parts/icons.js';
import { nameOf } from '../parts/learner-head.js';
import { problem } from '../parts/notice.js';
import { showSecret } from '../parts/secret.js';

const scopes = ['assessments:read', 'lsl:read', 'roster:read'];
const tones = { active: 'success', expired: 'warn', revoked: '' };

export function mount(element, context) {
  const { api, t, announce, formatDate } = context;
  let list = [];
  let error = null;

  element.className = 'partners stack';

  async function read() {
    list = await api.all('/partner-accesses');
    update();
  }

  function bodyOf(form) {
    const values = new FormData(form);
    const networks = values.get('networks').split(/[\s,;]+/).filter(Boolean);
    const until = values.get('expires_on');

    return { name: values.get('name').trim(), scopes: values.getAll('scope'),
      networks, ...(until ? { expires_at: `${until}T23:59:59Z` } : {}) };
  }

  /* The form of a new access; resolves with what was made, or null. */
  function ask() {
    let refusal = null;
    let busy = false;
    let empty = false;

    async function submit(event, close, again) {
      event.preventDefault();

      const body = bodyOf(event.target);

      empty = body.scopes.length === 0;
      if (!empty) {
        busy = true;
        again();
        try {
          close((await api.send('POST', '/partner-accesses', body)).data);
        } catch (problem_) {
          refusal = problem_;
        }
        busy = false;
      }
      again();
    }

    return openDialog({
      title: t('partner_new'),
      body: (close, again) => html`<form class="stack" @submit=${event =>
        submit(event, close, again)}>
        <div class="field"><label for="name">${t('partner_name')}</label>
          <input class="input" id="name" name="name" required maxlength="100"
            autocomplete="off" autofocus placeholder="PRONOTE"></div>
        <fieldset class="stack"><legend>${t('partner_scopes')}</legend>
          ${scopes.map((scope, i) => html`<label class="check"><input
            type="checkbox" name="scope" value=${scope} ?checked=${i === 0}>
            <span>${t(`scope_${scope}`)} <code class="small soft">${scope}
            </code></span></label>`)}
          ${empty ? html`<p class="wrong">${t('partner_scope_needed')}</p>`
            : nothing}</fieldset>
        <div class="field"><label for="networks">${t('partner_networks')}
          </label><input class="input" id="networks" name="networks"
          autocomplete="off" spellcheck="false" aria-describedby="net-hint">
          <p class="hint" id="net-hint">${t('partner_networks_hint')}</p></div>
        <div class="field"><label for="expires_on">${t('partner_until')}</label>
          <input class="input" id="expires_on" name="expires_on" type="date"
            aria-describedby="until-hint"><p class="hint" id="until-hint">
          ${t('partner_until_hint')}</p></div>
        ${refusal === null ? nothing : problem(refusal, t)}
        <footer><button type="button" class="btn" @click=${() => close(null)}>
          ${t('cancel')}</button><button class="btn primary" ?disabled=${busy}>
          ${t('partner_create')}</button></footer></form>`,
    });
  }

  async function create() {
    const made = await ask();

    if (made === null)
      return;
    await showSecret(context, openDialog, {
      title: t('partner_key_title', { name: made.name }),
      text: t('partner_key_text'), fields: [[t('partner_key'), made.key]] });
    await read();
  }

  async function revoke(access) {
    if (!await confirmDialog(t, {
      title: t('revoke_title', { name: access.name }),
      text: t('revoke_text'), agree: t('revoke'), kind: 'danger' }))
      return;
    try {
      await api.send('DELETE',
        `/partner-accesses/${encodeURIComponent(access.id)}`);
      announce(t('revoked', { name: access.name }));
      error = null;
      await read();
    } catch (refusal) {
      error = refusal;
      update();
    }
  }

  const transfers = ({ last_pull: pull, last_delivery: delivery }) => html`
    ${pull === null ? html`<p class="soft">${t('pull_never')}</p>`
      : html`<p>${t('pull_last', { date: formatDate(pull.at, 'instant'),
        n: pull.items, address: pull.address ?? '?' })}</p>`}
    ${delivery === null ? nothing : html`<p>${t('delivery_last', {
      date: formatDate(delivery.at, 'instant'), period: delivery.period,
      accepted: delivery.accepted, rejected: delivery.rejected })}</p>`}`;

  const card = access => html`<li class="panel stack">
    <div class="row spread"><h2>${access.name} <span
      class="tag ${tones[access.state]}">${t(`access_${access.state}`)}</span>
      </h2>${access.state === 'active' ? html`<button type="button"
        class="btn danger" @click=${() => revoke(access)}>${t('revoke')}
        <span class="sr-only">${access.name}</span></button>` : nothing}</div>
    <p class="meta"><code>${access.prefix}…</code>
      <span>${t('access_made', { author: nameOf(access.created_by),
        date: formatDate(access.created_at) })}</span>
      <span>${access.revoked_at === null ? t('access_until', {
        date: formatDate(access.expires_at) }) : t('access_ended', {
        date: formatDate(access.revoked_at) })}</span></p>
    <ul class="row plain-row">${access.scopes.map(scope => html`<li
      class="tag">${t(`scope_${scope}`)}</li>`)}
      ${access.networks.map(one => html`<li class="tag"><code>${one}</code>
        </li>`)}</ul>
    <div class="small">${transfers(access)}</div></li>`;

  // Safe to call at any time.
  function update() {
    render(html`<header class="page-head"><div class="titles">
      <h1 tabindex="-1">${t('nav_partners')}</h1>
      <p class="meta">${t('partners_text')}</p></div>
      <div class="actions"><button type="button" class="btn primary"
        @click=${create}>${icon('plus')} ${t('partner_new')}</button></div>
      </header>
      ${error === null ? nothing : problem(error, t)}
      ${list.length === 0 ? html`<div class="panel empty">${icon('plug')}
        <p>${t('partners_none')}</p></div>`
        : html`<ul class="cards">${list.map(card)}</ul>`}`, element);
  }

  return {
    show: read,
    close() {},
  };
}
