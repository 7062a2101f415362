/* An import under way: how far it is, what it does, and a way to stop it. */
import { html } from '../../vendor/lit-html.js';

export function progressPanel({ state, progress, files }, { t }, cancel) {
  const percent = progress?.percent ?? 0;
  const words = t(`import_step_${state === 'applying' ? 'applying'
    : progress?.step ?? 'reading'}`);

  return html`<section class="panel stack" aria-labelledby="import-step">
    <h2 id="import-step" aria-live="polite">${words}</h2>
    <progress class="progress" max="100" value=${percent}
      aria-labelledby="import-step">${percent} %</progress>
    <p class="row"><span>${percent} %</span>
      <span class="small soft">${files.map(({ name }) => name).join(', ')}
      </span></p>
    <p class="small soft">${t('import_working_text')}</p>
    <div class="row"><button type="button" class="btn" @click=${cancel}>
      ${t('import_cancel')}</button></div></section>`;
}
