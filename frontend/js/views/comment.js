/*
 * The comment of a learner.  Escape goes back to the cell and keeps what was
 * typed: it can be undone, it cannot be lost.
 */
import { html } from '../../vendor/lit-html.js';
import { openDialog } from '../parts/dialog.js';
import { nameOf } from './sheet.js';

const LENGTH_MAX = 2000;

export async function editComment(sheet, learner, context) {
  const { t } = context;
  const before = sheet.comment(learner);
  let text = before;

  await openDialog({
    title: t('grid_comment_of', { name: nameOf(learner) }),
    body: (close, update) => html`<div class="field">
      <label class="sr-only" for="comment-text">${t('comment')}</label>
      <textarea class="area" id="comment-text" rows="6"
        maxlength=${LENGTH_MAX} aria-describedby="comment-hint"
        ?readonly=${!sheet.canWrite(learner)} .value=${text}
        @input=${event => {
          text = event.target.value;
          sheet.typeComment(learner, text);
          update();
        }}></textarea>
      <p class="hint" id="comment-hint">${t('grid_comment_hint',
        { n: LENGTH_MAX - text.length })}</p></div>`,
    actions: [{ label: t('grid_comment_done'), value: null,
      kind: 'primary' }],
  });
  if (text !== before)
    sheet.endComment(learner, before);
}
