/*
 * Changing the positions that the dashboard shows (M-212 to M-217): choosing
 * one, the questions of the button BI, what became of the draft.
 *
 * mount(context, learnerId, look) → draft, to be loaded, which tells `change`;
 * choose(competency), start() for BI, state().  look() is what the dashboard
 * shows: { data, framework, words, body, ready() }.
 */
import { html } from '../../vendor/lit-html.js';
import { loadWords } from '../i18n.js';
import { columns, condense } from '../logic/dashboard.js';
import { presetNotEvaluated } from '../logic/positions.js';
import { Draft } from '../store/draft.js';
import { draftWords } from './draft-words.js';
import { icon } from './icons.js';
import { jump } from './path.js';
import { position, positionText } from './position.js';
import { saveState } from './save-state.js';
import * as unsaved from './unsaved.js';

await loadWords('positioning');

export function mount(context, learnerId, look) {
  const { t, navigate, announce, formatDate } = context;
  const draft = new Draft(context, learnerId);
  let rest = null;        /* what could not be saved: unsaved.js */

  async function choose(competency) {
    const { data, framework, words, body } = look();
    const { positionPanel } = await import('./position-panel.js');
    const fresh = columns(data, framework).slice(data.bar);
    const count = marks => condense(marks, fresh).length;
    const results = count(competency.whole_marks) + competency.criteria
      .reduce((sum, criterion) => sum + count(criterion.marks), 0);
    const answer = await positionPanel(context, {
      competency, words, value: draft.positions.get(competency.id) ?? null,
      about: html`<div class="row">
        ${competency.positions.map(one => html`<span class="row">
          ${position(one, words, t)} <span class="small soft">
          ${formatDate(one.confirmed_at)}</span></span>`)}
        <span class="small soft">${t('pos_results', { n: results })}</span>
        </div>`,
    });

    if (answer === null)
      return;
    draft.position(competency.id, answer.value);
    announce(t('pos_set', { code: competency.code,
      position: positionText(answer.value, words, t) }));
    body.querySelector(`[id="box-${competency.id}"]`)?.focus();
  }

  /* The button BI: what is missing, or the preview (M-217, G-09). */
  async function start() {
    const { data, body, ready } = look();
    const { ready: whole, here, hidden } = ready();

    if (here.length > 0) {
      announce(t('bi_missing', { n: here.length,
        codes: here.map(({ code }) => code).join(', ') }));
      jump(body, here[0].id);
      body.querySelector(`[id="box-${here[0].id}"]`)?.focus();
      return;
    }
    if (!whole) {
      const { confirmDialog } = await import('./dialog.js');

      if (!await confirmDialog(t, {
        title: t('bi_hidden_title', { n: hidden.length }),
        text: t('bi_hidden_text', { n: hidden.length,
          codes: hidden.map(({ code }) => code).join(', ') }),
        agree: t('bi_hidden_agree', { n: hidden.length }) }))
        return;
      draft.replace(presetNotEvaluated(hidden, draft.positions));
    }
    if (!await draft.flush())
      return;
    navigate(`#/draft/${encodeURIComponent(data.learner.id)}`);
  }

  /* Asks about what could not be saved once it is on screen. */
  function box() {
    const { data, words } = look();

    rest ??= unsaved.mount(draft, context,
      draftWords(data.competencies, words, t));
    return rest.box();
  }

  const saving = () => html`
    <div class="row spread">${saveState(draft, context)}
      <button type="button" class="btn quiet" ?disabled=${!draft.undoable}
        aria-label=${t('pos_undo')} data-tip=${t('pos_undo')} @click=${() => {
          draft.undo();
          announce(t('undone'));
        }}>${icon('undo')} ${t('undo')}</button></div>`;

  return {
    draft, choose, start,
    state: () => html`${saving()} ${box()}`,
  };
}
