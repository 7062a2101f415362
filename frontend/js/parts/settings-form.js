/* Settings of the school, with what each value table gives (rules, 6). */
import { html, nothing, render } from '../../vendor/lit-html.js';
import { parsePercent, showDecimal, showPercent } from '../logic/weights.js';
import { notice, problem } from './notice.js';

const tables = ['regular', 'dnb', 'quarters'];
const roundings = ['half_point_up', 'tenth_up', 'point_up',
  'half_point_nearest', 'tenth_nearest', 'point_nearest'];
const switches = ['learners_see_grade', 'guardians_open', 'partner_findings'];
const choices = { freeze_scope: ['evaluation', 'learner'],
  order_by: ['assessed_on', 'modification'],
  second_factor: ['offered', 'required'] };

export function mount(element, context, shared) {
  const { api, t, announce } = context;
  let stored = null;
  let values = null;
  let factor = '';
  let error = null;
  let done = false;
  let busy = false;

  function set(name, value) {
    values[name] = value;
    done = false;
    update();
  }

  function take(data) {
    const { revision, preview, ...rest } = data;

    stored = data;
    values = rest;
    factor = showPercent(rest.intermediate_factor_bp, context.language, true);
  }

  async function submit(event) {
    event.preventDefault();
    busy = true;
    error = null;
    update();
    try {
      const { data, etag } = await api.send('PUT', '/settings', { ...values,
        intermediate_factor_bp: parsePercent(factor) },
      { match: shared.etag });

      shared.etag = etag;
      take(data);
      done = true;
      announce(t('settings_saved'));
    } catch (refusal) {
      error = refusal;
    }
    busy = false;
    update();
  }

  async function readAgain() {
    const { data, etag } = await api.get('/settings');

    shared.etag = etag;
    take(data);
    error = null;
    update();
  }

  /* The two lines of rules 6: level 3 everywhere, level 2 everywhere. */
  const sample = table => html`<span class="sample small">${stored.preview
    .filter(one => one.value_table === table).map(one => html`<span>
      ${one.label} : <b class="number">${showDecimal(one.grade,
      context.language)}</b> <span class="soft">(${showDecimal(one.raw,
      context.language)})</span></span>`)}</span>`;

  const tableChoice = () => html`<fieldset class="stack">
    <legend>${t('value_table')}</legend>
    <p class="small soft">${t('value_table_hint')}</p>
    <div class="options">${tables.map(table => html`<label class="option">
      <input type="radio" name="value_table"
        ?checked=${values.value_table === table}
        @change=${() => set('value_table', table)}>
      <span><b>${t(`table_${table}`)}</b>${sample(table)}</span></label>`)}
    </div>${values.rounding === stored.rounding ? nothing
      : html`<p class="small soft">${t('preview_stale')}</p>`}</fieldset>`;

  const radios = name => html`<fieldset class="stack">
    <legend>${t(name)}</legend>${choices[name].map(value => html`<label
      class="check"><input type="radio" name=${name}
      ?checked=${values[name] === value} @change=${() => set(name, value)}>
      <span>${t(`${name}_${value}`)}</span></label>`)}</fieldset>`;

  const factorField = () => {
    const bad = parsePercent(factor) === null || factor.trim() === '';

    return html`<div class="field"><label for="factor">
      ${t('intermediate_factor')}</label>
      <input class="input" id="factor" inputmode="decimal" .value=${factor}
        aria-invalid=${bad} aria-describedby="factor-hint"
        @input=${event => {
          factor = event.target.value;
          done = false;
          update();
        }}><p class=${bad ? 'wrong' : 'hint'} id="factor-hint">${t(bad
        ? 'percent_wrong' : 'intermediate_factor_hint')}</p></div>`;
  };

  // Safe to call at any time.
  function update() {
    if (values === null)
      return;

    const bad = parsePercent(factor) === null || factor.trim() === '';

    render(html`<form class="panel stack" @submit=${submit}>
      <h2>${t('settings_grades')}</h2>
      ${tableChoice()}
      <div class="form-grid"><div class="field"><label for="rounding">
        ${t('rounding')}</label><select class="select" id="rounding"
        @change=${event => set('rounding', event.target.value)}>
        ${roundings.map(one => html`<option value=${one}
          ?selected=${one === values.rounding}>${t(`rounding_${one}`)}
          </option>`)}</select></div>${factorField()}</div>
      <h2>${t('settings_access')}</h2>
      ${switches.map(name => html`<label class="check"><input type="checkbox"
        ?checked=${values[name]} @change=${event =>
          set(name, event.target.checked)}><span>${t(name)}</span></label>`)}
      <div class="columns">${radios('freeze_scope')} ${radios('order_by')}
        ${radios('second_factor')}</div>
      <h2>${t('settings_school')}</h2>
      <div class="form-grid"><div class="field"><label for="school_name">
        ${t('school_name')}</label><input class="input" id="school_name"
        required maxlength="200" .value=${values.school_name}
        @input=${event => set('school_name', event.target.value)}></div>
      <div class="field"><label for="school_city">${t('school_city')}</label>
        <input class="input" id="school_city" maxlength="100"
        .value=${values.school_city} @input=${event =>
          set('school_city', event.target.value)}></div>
      <div class="field"><label for="school_email">${t('school_email')}</label>
        <input class="input" id="school_email" type="email" maxlength="200"
        .value=${values.school_email ?? ''} @input=${event =>
          set('school_email', event.target.value || null)}></div></div>
      ${error === null ? nothing : error.status === 412
        ? notice('warn', html`<p>${t('settings_stale')}</p>`, html`<button
          type="button" class="btn" @click=${readAgain}>${t('read_again')}
          </button>`) : problem(error, t)}
      ${done ? notice('success', html`<p>${t('settings_saved')}</p>`) : nothing}
      <div class="row"><button class="btn primary"
        ?disabled=${busy || bad}>${t('save')}</button>
        <span class="small soft">${t('settings_hint')}</span></div>
    </form>`, element);
  }

  return {
    show(data) {
      take(data);
      update();
    },
  };
}
