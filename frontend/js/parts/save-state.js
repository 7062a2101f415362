/* The state of saving, in words (ux.md 5). */
import { html, nothing } from '../../vendor/lit-html.js';
import { icon } from './icons.js';
import { sentenceOf } from './notice.js';

/** { text, kind, icon } of an outbox. */
export function stateOf(saver, { t, formatDate }) {
  const { outbox } = saver;
  const n = outbox.count;

  if (saver.offline && outbox.phase !== 'conflict')
    return { text: t('save_offline', { n }), kind: 'warn', icon: 'offline' };
  switch (outbox.phase) {
  case 'changed':
    return { text: t('save_changed'), kind: 'soft', icon: 'edit' };
  case 'sending':
  case 'merging':
    return { text: t('save_sending'), kind: 'soft', icon: 'sync' };
  case 'waiting':
    return { text: t('save_waiting', { n }), kind: 'warn', icon: 'sync' };
  case 'conflict':
    return { text: t('save_conflict'), kind: 'error', icon: 'warn' };
  case 'locked':
    return { text: t('save_locked', { n }), kind: 'error', icon: 'lock' };
  case 'refused':
    return { text: t('save_refused', { n }), kind: 'error', icon: 'warn' };
  }
  return outbox.savedAt === null
    ? { text: t('save_none'), kind: 'soft', icon: 'cloud' }
    : { text: t('save_saved', { at: formatDate(
      new Date(outbox.savedAt).toISOString(), 'time') }),
    kind: 'success', icon: 'check' };
}

export function saveState(saver, context) {
  const state = stateOf(saver, context);

  return html`<p class="save-state ${state.kind}">${icon(state.icon)}
    <span role="status">${state.text}</span></p>`;
}

/** Why it stopped, and what can be done; nothing while all is well. */
export function saveTrouble(saver, context, { exportNow, drop }) {
  const { t } = context;
  const { phase, problem, gone, count } = saver.outbox;
  const buttons = html`
    <button type="button" class="btn" @click=${exportNow}>${icon('export')}
      ${t('save_export')}</button>
    ${phase === 'refused' ? html`<button type="button" class="btn"
      @click=${() => saver.save()}>${icon('sync')} ${t('try_again')}</button>`
      : nothing}
    <button type="button" class="btn danger" @click=${drop}>
      ${t('save_drop', { n: count })}</button>`;
  const box = (text, kind = 'error') => html`<div class="notice ${kind}"
    role="alert">${icon(phase === 'locked' ? 'lock' : 'warn')}<div>
    <p>${text}</p><div class="row">${buttons}</div></div></div>`;

  if (phase === 'locked')
    return box(t('save_locked_text', { n: count,
      why: sentenceOf(problem, t) }));
  if (phase === 'refused')
    return box(t('save_refused_text', { n: count,
      why: sentenceOf(problem, t) }));
  if (gone.length > 0)
    return box(t('save_gone_text', { n: gone.length }), 'warn');
  if (saver.unwritten && count > 0)
    return box(t('save_unwritten_text'), 'warn');
  return nothing;
}
