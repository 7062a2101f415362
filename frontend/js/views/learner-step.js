/* One learner of the evaluation at a time: choice, previous, next, progress. */
import { html } from '../../vendor/lit-html.js';
import { icon } from '../parts/icons.js';
import { nameOf } from './sheet.js';

export function learnerStep(sheet, index, go, context) {
  const { t } = context;
  const learner = sheet.learners[index];
  const { filled, expected } = sheet.progress([learner]);
  const step = (by, name, label) => html`<button type="button"
    class="btn icon-only" aria-label=${label} title=${label}
    ?disabled=${sheet.learners[index + by] === undefined}
    @click=${() => go(index + by)}>${icon(name)}</button>`;

  return html`<div class="learner-step">
    <div class="row">
      ${step(-1, 'left', t('step_previous'))}
      <label class="sr-only" for="step-learner">${t('learner')}</label>
      <select class="select" id="step-learner" .value=${String(index)}
        @change=${e => go(Number(e.target.value))}>
        ${sheet.learners.map((l, i) => html`<option value=${i}
          ?selected=${i === index}>${nameOf(l)}</option>`)}</select>
      ${step(1, 'right', t('step_next'))}
    </div>
    <p class="row"><progress class="progress ${filled === expected
      ? 'done' : ''}" max=${expected || 1} value=${filled}
      aria-label=${t('grid_progress')}></progress>
      <span class="number nowrap">${filled}/${expected}</span></p>
  </div>`;
}
