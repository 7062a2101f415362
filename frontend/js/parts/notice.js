/* Notices: one sentence, what to do, and the request to quote if it fails. */
import { html, nothing } from '../../vendor/lit-html.js';
import { icon } from './icon.js';

const icons = { error: 'warn', warn: 'warn', success: 'check', info: 'info' };

/** kind: info, success, warn, error.  `actions` are lit-html buttons. */
export function notice(kind, content, actions = nothing) {
  return html`<div class="notice ${kind}"
    role=${kind === 'error' ? 'alert' : nothing}>${icon(icons[kind])}
    <div>${content}${actions === nothing ? nothing
      : html`<div class="row">${actions}</div>`}</div></div>`;
}

/** What people read of an ApiError. */
export function sentenceOf(error, t) {
  if (error.status === 0)
    return t(navigator.onLine ? 'error_network' : 'error_offline');
  if (error.detail || error.title)
    return error.detail || error.title;
  return error.status === undefined ? t('error_page')
    : t('error_status', { status: error.status });
}

/** A refusal on the page; `again` (optional) tries once more. */
export function problem(error, t, again) {
  return notice('error', html`
    <p>${sentenceOf(error, t)}</p>
    ${(error.errors ?? []).length === 0 ? nothing : html`<ul>
      ${error.errors.map(e => html`<li>${e.message}</li>`)}</ul>`}
    ${error.request_id ? html`<p class="small soft">
      ${t('error_request', { id: error.request_id })}</p>` : nothing}`,
  again === undefined ? nothing : html`<button type="button" class="btn"
    @click=${again}>${icon('sync')} ${t('try_again')}</button>`);
}
