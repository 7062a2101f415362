/* Dialogs of the grading window: copy of weights, explanation of a grade. */
import { html, nothing } from '../../vendor/lit-html.js';
import { copyTargets, hasWeights, showDecimal, showPercent }
  from '../logic/weights.js';
import { openDialog } from './dialog.js';
import { nameOf } from './learner-head.js';
import { notice } from './notice.js';
import { position } from './position.js';

/** Resolves with { ids, overwrite }, or null (M-244). */
export function askCopy({ t }, { entry, learners }) {
  const targets = copyTargets(learners, entry);
  const chosen = new Set(targets.map(({ assessment }) => assessment.id));
  let overwrite = false;

  const row = (target, update) => html`<li><label class="check">
    <input type="checkbox" ?checked=${chosen.has(target.assessment.id)}
      @change=${event => {
        if (event.target.checked)
          chosen.add(target.assessment.id);
        else
          chosen.delete(target.assessment.id);
        update();
      }}><span>${target.learner.last_name} ${target.learner.first_name}
      ${hasWeights(target) ? html`<span class="tag warn">
        ${t('copy_has')}</span>` : nothing}</span></label></li>`;

  if (targets.length === 0)
    return openDialog({ title: t('copy_title'),
      body: () => notice('info', html`<p>${t('copy_nobody')}</p>`),
      actions: [{ label: t('close'), value: null }] });

  return openDialog({
    title: t('copy_title'),
    body: (close, update) => html`<p>${t('copy_weights_text', {
      name: nameOf(entry.learner) })}</p>
      <ul class="checks">${targets.map(target => row(target, update))}</ul>
      ${targets.some(hasWeights) ? html`<label class="check">
        <input type="checkbox" @change=${event => {
          overwrite = event.target.checked;
        }}><span>${t('copy_overwrite')}</span></label>` : nothing}
      <footer><button type="button" class="btn" @click=${() => close(null)}>
        ${t('cancel')}</button><button type="button" class="btn primary"
        ?disabled=${chosen.size === 0} @click=${() => close({
          ids: [...chosen], overwrite })}>${t('copy_agree', {
          n: chosen.size })}</button></footer>`,
  });
}

/** How the grade was made, term by term (rules, section 5). */
export function showExplanation({ t, language, formatDate },
  { entry, data, words }) {
  const points = value => showDecimal(value, language);
  const term = one => html`<tr>
    <th scope="row"><b>${one.competency}</b> ${one.title}</th>
    <td>${position(one, words, t)}</td>
    <td class="num">${showPercent(one.weight_bp, language)} %</td>
    <td class="num">${points(one.points)}</td>
    <td class="num">${points(one.share_of_note_pct)} %</td></tr>`;

  return openDialog({
    title: t('explain_title', { name: nameOf(entry.learner) }),
    wide: true,
    body: () => html`<div class="stack">
      <p class="grade-big"><b>${points(data.note)}</b> / 20
        <span class="tag ${data.saved ? 'success' : ''}">
          ${t(data.saved ? 'state_saved' : 'state_proposed')}</span></p>
      <p>${data.sentence}</p>
      <div class="scroll" tabindex="0" role="region"
        aria-label=${t('explain')}><table class="table"><thead><tr>
        <th scope="col">${t('competency')}</th>
        <th scope="col">${t('position')}</th>
        <th scope="col" class="num">${t('weight')}</th>
        <th scope="col" class="num">${t('points')}</th>
        <th scope="col" class="num">${t('share')}</th></tr></thead>
        <tbody>${data.terms.map(term)}</tbody></table></div>
      ${data.excluded.length === 0 ? nothing : html`<p>${t('excluded', {
        codes: data.excluded.map(one => one.competency).join(', ') })}</p>`}
      <ul class="plain small soft">
        <li>${t('explain_table', { table: t(`by_table_${data.table.id}`),
          values: data.table.values.join(' – '), max: data.table.max })}</li>
        <li>${t('explain_intermediate', { factor: showPercent(
          data.intermediate_factor_bp, language, true) })}</li>
        <li>${t('explain_rounding', { raw: points(data.rounded_from),
          policy: t(`by_rounding_${data.policy}`) })}</li>
        <li>${t(`origin_${data.weights_origin}`)}</li>
        <li>${t('explain_assessment', {
          date: formatDate(data.assessment.date),
          revision: data.assessment.revision })}</li></ul></div>`,
    actions: [{ label: t('close'), value: null }],
  });
}
