/*
 * Choice of a class and of a learner, with previous and next.
 *
 * mount(element, context) → show({ class_id, learner_id, learners }), close().
 * `learners: false` chooses a class only.  What is not given is what was
 * looked at last.  A choice is dispatched on `element` as `choose`, detail
 * { class_id, learner_id }; the owner answers by navigating.
 * Alt+PageUp and Alt+PageDown step through the class (ux.md 2).
 */
import { html, nothing, render } from '../../vendor/lit-html.js';
import { icon } from '../parts/icon.js';
import { className } from '../session/roster.js';

export function mount(element, context) {
  const { t, session, roster } = context;
  const own = session.is('learner', 'guardian')
    && !session.is('teacher', 'ddfpt', 'head', 'administrator');
  let wanted = {};
  let classes = [];
  let learners = [];
  let classId = null;
  let learnerId = null;

  function choose() {
    roster.last = { class_id: classId, learner_id: learnerId };
    element.dispatchEvent(new CustomEvent('choose', {
      detail: { class_id: classId, learner_id: learnerId } }));
  }

  async function chooseClass(id) {
    classId = id;
    learners = wanted.learners === false ? [] : await roster.learners(id);
    learnerId = learners[0]?.id ?? null;
    update();
    choose();
  }

  function chooseLearner(id) {
    learnerId = id;
    update();
    choose();
  }

  const at = () => learners.findIndex(l => l.id === learnerId);

  function step(by) {
    const next = learners[at() + by];

    if (next !== undefined) {
      chooseLearner(next.id);
      context.announce(nameOf(next));
    }
  }

  function nameOf(learner) {
    return `${learner.last_name} ${learner.first_name}`;
  }

  function keys(event) {
    if (!event.altKey || event.ctrlKey || event.metaKey
      || wanted.learners === false)
      return;
    if (event.key === 'PageUp' || event.key === 'PageDown') {
      event.preventDefault();
      step(event.key === 'PageUp' ? -1 : 1);
    }
  }

  const stepButton = (by, name, label) => html`<button type="button"
    class="btn icon-only" aria-label=${label} title=${label}
    ?disabled=${learners[at() + by] === undefined}
    @click=${() => step(by)}>${icon(name)}</button>`;

  // Safe to call at any time.
  function update() {
    if (own && learners.length < 2) {
      render(nothing, element);
      return;
    }
    render(html`<div class="selector">
      ${own ? nothing : html`<div class="field">
        <label for="select-class">${t('class')}</label>
        <select class="select" id="select-class"
          @change=${e => chooseClass(e.target.value)}>
          ${classes.map(c => html`<option value=${c.id}
            ?selected=${c.id === classId}>${className(c)}</option>`)}
        </select></div>`}
      ${wanted.learners === false ? nothing : html`
        <div class="field learner">
          <label for="select-learner">${t('learner')}</label>
          <select class="select" id="select-learner"
            @change=${e => chooseLearner(e.target.value)}>
            ${learners.map(l => html`<option value=${l.id}
              ?selected=${l.id === learnerId}>${nameOf(l)}</option>`)}
          </select></div>
        <div class="steps">
          ${stepButton(-1, 'left', t('learner_previous'))}
          ${stepButton(1, 'right', t('learner_next'))}
        </div>`}
    </div>`, element);

    const select = element.querySelector('#select-class');
    const learner = element.querySelector('#select-learner');

    if (select !== null && classId !== null)
      select.value = classId;
    if (learner !== null && learnerId !== null)
      learner.value = learnerId;
  }

  async function showOwn() {
    learners = session.data.learners;
    learnerId = wanted.learner_id ?? learners[0]?.id ?? null;
    update();
    return { class_id: null, learner_id: learnerId };
  }

  async function showAll() {
    const { last } = roster;

    classes = await roster.classes();
    learnerId = wanted.learner_id ?? last.learner_id;
    classId = wanted.class_id ?? null;
    if (classId === null && wanted.learner_id)
      classId = (await roster.learner(wanted.learner_id)).class_id;
    if (!classes.some(c => c.id === classId))
      classId = classes.some(c => c.id === last.class_id) ? last.class_id
        : classes[0]?.id ?? null;
    learners = wanted.learners === false || classId === null ? []
      : await roster.learners(classId);
    if (wanted.learners !== false && at() < 0)
      learnerId = wanted.learner_id ?? learners[0]?.id ?? null;
    roster.last = { class_id: classId, learner_id: learnerId };
    update();
    return { class_id: classId, learner_id: learnerId };
  }

  addEventListener('keydown', keys);
  return {
    /** Resolves with the class and learner shown. */
    show(data = {}) {
      wanted = data;
      return own ? showOwn() : showAll();
    },
    close() {
      removeEventListener('keydown', keys);
    },
  };
}
