/*
 * Positions being prepared, and the button BI (M-212 to M-217).  What changes
 * them is in positioning.js, loaded with the first click, or at once when this
 * device holds something that was not sent.
 *
 * mount(context, the dashboard's answer, draw it again); show(look) tells
 * what is shown: { data, filters, framework, words, body }.
 */
import { html, nothing } from '../../vendor/lit-html.js';
import { competencies } from '../logic/dashboard.js';
import { readiness } from '../logic/ready.js';
import { isDraftUnsent } from '../store/kept.js';
import { problem } from './notice.js';
import { position, positionText } from './position.js';

export function mount(context, data, update) {
  const { t, session } = context;
  const writes = data.draft_access === 'write';
  let positions = new Map(data.competencies.filter(({ draft }) => draft)
    .map(({ id, draft }) => [id, draft]));
  let look = null;
  let opening = null;
  let changer = null;     /* of positioning.js */
  let failure = null;
  let closed = false;

  const ready = () => readiness(data.competencies,
    competencies(data, look.filters.units), positions);

  async function load() {
    const [{ mount: start }] = await Promise.all([import('./positioning.js'),
      context.addStyles(['positioning'])]);
    const next = start(context, data.learner.id, () => ({ ...look, ready }));

    await next.draft.load();
    if (closed) {
      next.draft.close();
      return;
    }
    changer = next;
    changer.draft.addEventListener('change', () => {
      ({ positions } = changer.draft);
      update();
    });
    ({ positions } = changer.draft);
    update();
  }

  /* Does `act` with the part that changes. */
  async function change(act) {
    failure = null;
    try {
      await (opening ??= load());
    } catch (error) {
      opening = null;
      failure = problem(error, t, () => change(act));
      update();
      return;
    }
    if (changer !== null)
      await act(changer);
  }

  function box(competency) {
    const value = positions.get(competency.id) ?? null;
    const label = t('pos_box', { code: competency.code,
      position: positionText(value, look.words, t) });

    return html`<button type="button"
      class="pos-box ${value === null ? 'todo' : ''}"
      id="box-${competency.id}" aria-haspopup="dialog" aria-label=${label}
      data-tip=${label} ?disabled=${!writes}
      @click=${() => change(made => made.choose(competency))}>${value === null
        ? '?' : position(value, look.words, t)}</button>`;
  }

  function head() {
    const { here, done, total } = ready();

    return html`<div class="bi"><button type="button" class="btn primary"
      aria-disabled=${!writes || here.length > 0} ?disabled=${!writes}
      data-tip=${here.length > 0 ? t('bi_left', { n: here.length })
        : t('bi_open')} @click=${() => change(made => made.start())}>
      ${t('bi')}<span class="sr-only">${t('bi_open')}</span></button>
      <span class="small number">${done}/${total}</span></div>`;
  }

  return {
    box, head,
    state: () => failure ?? changer?.state() ?? nothing,
    show(next) {
      const first = look === null;

      look = next;
      if (first && writes && isDraftUnsent(session.person.id, data.learner.id))
        change(() => null);
    },
    close() {
      closed = true;
      changer?.draft.close();
    },
  };
}
