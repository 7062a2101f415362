/*
 * "Vue liste": the data of the grid as one set of radio buttons per
 * criterion, for screen readers and whoever prefers it.
 */
import { html, nothing, render } from '../../vendor/lit-html.js';
import { learnerStep } from './learner-step.js';

export function mount(element, context) {
  const { t } = context;
  let sheet = null;
  let at = 0;

  function go(next) {
    at = next;
    update();
  }

  const radio = (learner, item, mark, now) => html`<label
    class="mark-radio ${mark?.css ?? ''}"><input type="radio"
    name="m-${item.id}" .checked=${now?.code === mark?.code}
    ?disabled=${!sheet.canWrite(learner)}
    @change=${() => sheet.setMark(learner, item, mark?.code ?? null)}>
    <span class="lv ${mark?.css ?? ''}" aria-hidden="true">
    ${mark?.sign ?? ''}</span> ${mark?.title ?? t('empty_cell')}</label>`;

  const field = (learner, item) => {
    const now = sheet.mark(learner, item);

    return html`<fieldset class="mark-field"><legend>${item.title}</legend>
      <div class="row">${sheet.marks.map(m => radio(learner, item, m, now))}
      ${radio(learner, item, undefined, now)}</div></fieldset>`;
  };

  // Safe to call at any time.
  function update() {
    const learner = sheet.learners[at];

    if (learner === undefined) {
      render(html`<p class="empty">${t('grid_no_learner')}</p>`, element);
      return;
    }
    render(html`${learnerStep(sheet, at, go, context)}
      ${sheet.groups().map(group => html`<section class="panel">
        <h2>${group.code}</h2><div class="stack">
        ${group.items.map(item => field(learner, item))}</div></section>`)}
      <section class="panel field"><label for="list-comment">
        ${t('comment')}</label>
        <textarea class="area" id="list-comment" maxlength="2000"
          ?readonly=${!sheet.canWrite(learner)}
          .value=${sheet.comment(learner)}
          @input=${e => sheet.typeComment(learner, e.target.value)}>
        </textarea></section>
      ${sheet.learners[at + 1] === undefined ? nothing : html`<p>
        <button type="button" class="btn primary" @click=${() => {
          go(at + 1);
          element.querySelector('#step-learner').focus();
        }}>${t('step_next')}</button></p>`}`, element);
  }

  return {
    show(next) {
      sheet?.removeEventListener('change', update);
      sheet = next;
      sheet.addEventListener('change', update);
      at = Math.min(at, Math.max(0, sheet.learners.length - 1));
      update();
    },
    redraw: () => update(),
    close() {
      sheet?.removeEventListener('change', update);
    },
  };
}
