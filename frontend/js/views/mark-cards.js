/*
 * Phone: one criterion per card, six large buttons, then a summary.  The same
 * data as the grid (ux.md 2).
 */
import { html, nothing, render } from '../../vendor/lit-html.js';
import { icon } from '../parts/icons.js';
import { level } from '../parts/level.js';
import { learnerStep } from './learner-step.js';

const SWIPE_PX = 60;

export function mount(element, context) {
  const { t } = context;
  let sheet = null;
  let at = 0;
  let card = 0;            /* the last one is the summary */
  let from = null;

  const summary = () => sheet.items.length;

  /* The first empty card of a learner, or the summary. */
  function firstEmpty(learner) {
    const empty = sheet.items.findIndex(item =>
      sheet.mark(learner, item) === undefined);

    return empty < 0 ? summary() : empty;
  }

  function go(next) {
    at = next;
    card = firstEmpty(sheet.learners[at]);
    update();
  }

  function turn(by) {
    const next = Math.max(0, Math.min(card + by, summary()));

    if (next === card)
      return;
    card = next;
    update();
    element.querySelector('.card-title')?.focus({ preventScroll: true });
  }

  function touchStart(event) {
    from = event.touches.length === 1 ? event.touches[0] : null;
  }

  function touchEnd(event) {
    const to = event.changedTouches[0];

    if (from === null)
      return;

    const dx = to.clientX - from.clientX;
    const dy = to.clientY - from.clientY;

    if (Math.abs(dx) > SWIPE_PX && Math.abs(dx) > 2 * Math.abs(dy))
      turn(dx < 0 ? 1 : -1);
    from = null;
  }

  const button = (learner, item, mark, now) => html`<button type="button"
    class="big-mark ${mark.css}" aria-pressed=${now?.code === mark.code}
    ?disabled=${!sheet.canWrite(learner)} @click=${() =>
      sheet.setMark(learner, item, now?.code === mark.code ? null
        : mark.code)}><b aria-hidden="true">${mark.sign}</b>
    <span>${mark.title}</span>
    ${now?.code === mark.code ? icon('check') : nothing}</button>`;

  const cardOf = (learner, item) => html`<section class="panel mark-card">
    <p class="row spread"><span class="tag">${item.code}</span>
      <span class="number soft">${card + 1}/${summary()}</span></p>
    <h2 class="card-title" tabindex="-1">${item.title}</h2>
    <div class="big-marks" role="group" aria-label=${item.title}>
      ${sheet.marks.map(m =>
        button(learner, item, m, sheet.mark(learner, item)))}</div>
  </section>`;

  const summaryOf = learner => html`<section class="panel mark-card">
    <h2 class="card-title" tabindex="-1">${t('card_summary')}</h2>
    <ul class="summary">${sheet.items.map((item, i) => html`<li>
      <button type="button" @click=${() => {
        card = i;
        update();
      }}>${level(sheet.mark(learner, item), t)}
      <span>${item.title}</span></button></li>`)}</ul>
    <div class="field"><label for="card-comment">${t('comment')}</label>
      <textarea class="area" id="card-comment" maxlength="2000"
        ?readonly=${!sheet.canWrite(learner)}
        .value=${sheet.comment(learner)}
        @input=${e => sheet.typeComment(learner, e.target.value)}>
      </textarea></div>
    ${sheet.learners[at + 1] === undefined ? nothing : html`<button
      type="button" class="btn primary" @click=${() => go(at + 1)}>
      ${t('step_next')}</button>`}
  </section>`;

  // Safe to call at any time.
  function update() {
    const learner = sheet.learners[at];

    if (learner === undefined) {
      render(html`<p class="empty">${t('grid_no_learner')}</p>`, element);
      return;
    }
    card = Math.min(card, summary());
    render(html`${learnerStep(sheet, at, go, context)}
      <div class="cards-area">${card === summary() ? summaryOf(learner)
        : cardOf(learner, sheet.items[card])}</div>
      <div class="card-steps">
        <button type="button" class="btn" ?disabled=${card === 0}
          @click=${() => turn(-1)}>${icon('left')} ${t('previous')}</button>
        <button type="button" class="btn primary"
          ?disabled=${card === summary()} @click=${() => turn(1)}>
          ${card === summary() - 1 ? t('card_summary') : t('next')}
          ${icon('right')}</button></div>`, element);
  }

  element.addEventListener('touchstart', touchStart, { passive: true });
  element.addEventListener('touchend', touchEnd, { passive: true });
  return {
    show(next) {
      sheet?.removeEventListener('change', update);
      sheet = next;
      sheet.addEventListener('change', update);
      at = Math.min(at, Math.max(0, sheet.learners.length - 1));
      if (sheet.learners.length > 0)
        card = firstEmpty(sheet.learners[at]);
      update();
    },
    redraw: () => update(),
    close() {
      sheet?.removeEventListener('change', update);
      element.removeEventListener('touchstart', touchStart);
      element.removeEventListener('touchend', touchEnd);
    },
  };
}
