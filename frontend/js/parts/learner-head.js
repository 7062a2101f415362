/*
 * Top of the screens of one learner: class and learner selectors (M-192,
 * M-193), name, and the way to the other screens of the same learner.
 */
import { html, nothing, render } from '../../vendor/lit-html.js';
import { loadWords } from '../i18n.js';
import * as selector from '../views/selector.js';

await loadWords('positions');

export function nameOf({ first_name: first, last_name: last }) {
  return `${first} ${last}`;
}

/*
 * mount(element, context, { screen, hash(learner_id) }) → show(), close().
 * `screen`: dashboard, draft or interims.
 */
export function mount(element, context, { screen, hash }) {
  const { t, session } = context;
  const choice = document.createElement('div');
  const title = document.createElement('div');
  const chooser = selector.mount(choice, context);

  element.className = 'learner-head';
  element.append(choice, title);
  choice.addEventListener('choose', event => {
    if (event.detail.learner_id !== null)
      context.navigate(hash(event.detail.learner_id));
  });

  const tab = (name, href) => html`<a href=${href}
    aria-current=${name === screen ? 'page' : nothing}>
    ${t(`tab_${name}`)}</a>`;

  const tabs = ({ learner, draft_access: access }) => {
    const id = encodeURIComponent(learner.id);

    return html`<nav class="tabs" aria-label=${t('tabs')}>
      ${tab('dashboard', `#/dashboard/${id}`)}
      ${access === 'none' ? nothing : tab('draft', `#/draft/${id}`)}
      ${tab('interims', `#/interims/${id}`)}
      ${session.is('teacher', 'ddfpt', 'head') && learner.class_id !== null
        ? html`${tab('grading',
          `#/grading/${encodeURIComponent(learner.class_id)}`)}
          ${tab('class', `#/classes/${encodeURIComponent(learner.class_id)}`)}`
        : nothing}</nav>`;
  };

  return {
    /** Which learner is chosen: { class_id, learner_id }. */
    choose(learnerId) {
      return chooser.show({ learner_id: learnerId });
    },

    /**
     * `about`: { learner, draft_access }, as the server told it; `actions`
     * stand at the right of the name.
     */
    show(about, heading, actions = nothing) {
      const { learner } = about;

      render(html`<header class="page-head"><div class="titles">
        <h1 tabindex="-1">${heading}</h1>
        <p class="meta"><span>${learner.class_code ?? t('no_class')}</span>
          <span>${t(`track_${learner.track}`)}</span></p></div>
        <div class="actions">${actions}</div></header>
        ${tabs(about)}`, title);
    },

    /** No learner to show: why, and what to do. */
    empty(content) {
      render(content, title);
    },

    close: chooser.close,
  };
}
