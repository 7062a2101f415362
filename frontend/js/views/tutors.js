/*
 * Who receives a learner in a company: for the teachers of the learner
 * (M-053, M-055).
 */
import { html, render } from '../../vendor/lit-html.js';
import { nameOf } from '../parts/learner-head.js';
import * as supervisors from '../parts/supervisors.js';
import * as selector from './selector.js';

export function mount(element, context) {
  const { api, t, navigate } = context;
  const [choice, head, list] = ['div', 'div', 'div'].map(name =>
    document.createElement(name));
  const chooser = selector.mount(choice, context);
  const section = supervisors.mount(list, context);

  element.className = 'stack';
  element.append(choice, head, list);
  choice.addEventListener('choose', ({ detail }) => {
    if (detail.learner_id !== null)
      navigate(`#/tutors/${encodeURIComponent(detail.learner_id)}`);
  });

  return {
    async show({ params }) {
      const [{ data: learner }] = await Promise.all([
        api.get(`/learners/${encodeURIComponent(params.learner)}`),
        chooser.show({ learner_id: params.learner }),
        section.show(params.learner)]);

      render(html`<header class="page-head"><div class="titles">
        <h1 tabindex="-1">${t('tutors_title', { name: nameOf(learner) })}</h1>
        <p class="meta"><span>${learner.class_code ?? t('no_class')}</span>
          <span>${t(`track_${learner.track}`)}</span></p></div></header>`,
      head);
    },
    close: chooser.close,
  };
}
