/* Terms of the school year: three T or two S, in order (M-254, M-058). */
import { html, nothing, render } from '../../vendor/lit-html.js';
import { notice, problem } from './notice.js';

const counts = { T: 3, S: 2 };
const tones = { open: 'success', upcoming: '', closed: '' };

export function mount(element, context, shared) {
  const { api, t, announce } = context;
  let year = '';
  let stored = [];
  let frameworks = [];
  let kind = 'T';
  let rows = [];
  let chosen = new Set();
  let error = null;
  let done = false;
  let busy = false;

  /* The rows of a kind, as stored, or empty. */
  function take(next) {
    const known = stored.filter(one => one.kind === next);

    kind = next;
    rows = Array.from({ length: counts[next] }, (_, i) => {
      const one = known.find(({ index }) => index === i + 1);

      return { index: i + 1, starts_on: one?.starts_on ?? '',
        ends_on: one?.ends_on ?? '', closed: (one?.closed_at ?? null) !== null,
        pull_state: one?.pull_state ?? null };
    });
    chosen = new Set(known[0]?.framework_ids ?? []);
    error = null;
  }

  async function submit(event) {
    event.preventDefault();
    busy = true;
    error = null;
    done = false;
    update();
    try {
      const { data, etag } = await api.send('PUT', '/terms', {
        school_year: year, kind, framework_ids: [...chosen],
        terms: rows.map(({ index, starts_on, ends_on, closed }) => (
          { index, starts_on, ends_on, closed })),
      }, { match: shared.etag });

      shared.etag = etag;
      stored = data.items;
      take(kind);
      done = true;
      announce(t('terms_saved'));
    } catch (refusal) {
      error = refusal;
    }
    busy = false;
    update();
  }

  async function readAgain() {
    const { data, etag } = await api.get('/terms', { school_year: year });

    shared.etag = etag;
    stored = data.items;
    take(kind);
    update();
  }

  const wrong = i => (error?.errors ?? []).filter(
    ({ pointer }) => pointer.startsWith(`/terms/${i}`));

  const day = (row, i, name) => html`<td><label><span class="sr-only">
    ${t(`term_${kind}`, { n: row.index })}, ${t(name)}</span>
    <input class="input" type="date" required .value=${row[name]}
      aria-invalid=${wrong(i).length > 0} @change=${event => {
        row[name] = event.target.value;
        update();
      }}></label></td>`;

  const line = (row, i) => html`<tr>
    <th scope="row">${t(`term_${kind}`, { n: row.index })}</th>
    ${day(row, i, 'starts_on')} ${day(row, i, 'ends_on')}
    <td><label class="check"><input type="checkbox" ?checked=${row.closed}
      @change=${event => {
        row.closed = event.target.checked;
        update();
      }}><span>${t('term_closed')}</span></label></td>
    <td>${row.pull_state === null ? nothing : html`<span
      class="tag ${tones[row.pull_state]}">${t(`pull_${row.pull_state}`)}
      </span>`}${wrong(i).map(({ message }) => html`<p class="wrong">
      ${message}</p>`)}</td></tr>`;

  // Safe to call at any time.
  function update() {
    render(html`<form class="panel stack" @submit=${submit}>
      <h2>${t('terms_title', { year })}</h2>
      <p class="small soft">${t('terms_text')}</p>
      <div class="segments" role="group" aria-label=${t('term_kind')}>
        ${['T', 'S'].map(one => html`<button type="button" class="btn"
          aria-pressed=${one === kind} @click=${() => {
            take(one);
            done = false;
            update();
          }}>${t(`kind_${one}`)}</button>`)}</div>
      ${stored.some(one => one.kind === kind) ? nothing
        : notice('info', html`<p>${t('terms_none')}</p>`)}
      <div class="scroll"><table class="table terms"><thead><tr>
        <th scope="col">${t(`kind_${kind}`)}</th>
        <th scope="col">${t('starts_on')}</th>
        <th scope="col">${t('ends_on')}</th>
        <th scope="col">${t('closing')}</th>
        <th scope="col">${t('partners_see')}</th></tr></thead>
        <tbody>${rows.map(line)}</tbody></table></div>
      ${frameworks.length < 2 ? nothing : html`<fieldset class="stack">
        <legend>${t('terms_frameworks')}</legend>
        <p class="small soft">${t('terms_frameworks_hint')}</p>
        <div class="row">${frameworks.map(one => html`<label class="check">
          <input type="checkbox" ?checked=${chosen.has(one.id)}
            @change=${event => {
              if (event.target.checked)
                chosen.add(one.id);
              else
                chosen.delete(one.id);
            }}><span>${one.short_title}</span></label>`)}</div></fieldset>`}
      ${error === null ? nothing : error.status === 412
        ? notice('warn', html`<p>${t('settings_stale')}</p>`, html`<button
          type="button" class="btn" @click=${readAgain}>${t('read_again')}
          </button>`) : problem(error, t)}
      ${done ? notice('success', html`<p>${t('terms_saved')}</p>`) : nothing}
      <div class="row"><button class="btn primary" ?disabled=${busy}>
        ${t('terms_save')}</button></div></form>`, element);
  }

  return {
    show(data) {
      year = data.year;
      stored = data.terms;
      frameworks = data.frameworks;
      take(stored[0]?.kind ?? 'T');
      update();
    },
  };
}
