/*
 * Tooltips: the text of `data-tip`, or the name of a drawn sign, beside what
 * is hovered or focused.
 *
 * One element for the whole screen, out of the flow, so that a table that
 * scrolls does not cut it.  Escape hides it (WCAG 1.4.13); the same words are
 * in the name of the thing, so nobody needs the tooltip to know.
 */
import { addStyles } from '../styles.js';

const edge = 8;

await addStyles(['tip']);

/** Tooltips of everything inside `root`; call the result to end. */
export function tips(root) {
  const tip = document.createElement('div');

  tip.className = 'tip';
  tip.setAttribute('aria-hidden', 'true');
  tip.hidden = true;
  document.body.append(tip);

  function hide() {
    tip.hidden = true;
  }

  function place(target) {
    const box = target.getBoundingClientRect();

    tip.textContent = target.dataset.tip ?? target.ariaLabel;
    tip.hidden = false;

    const width = tip.offsetWidth;
    const left = Math.min(Math.max(edge, box.left + box.width / 2 - width / 2),
      innerWidth - width - edge);
    const above = box.top - tip.offsetHeight - edge;

    tip.style.setProperty('left', `${left}px`);
    tip.style.setProperty('top',
      `${above < edge ? box.bottom + edge : above}px`);
  }

  function enter(event) {
    const target = event.target.closest?.('[data-tip], .lv[role="img"]');

    if (target && root.contains(target))
      place(target);
    else
      hide();
  }

  function key(event) {
    if (event.key === 'Escape')
      hide();
  }

  root.addEventListener('mouseover', enter);
  root.addEventListener('focusin', enter);
  root.addEventListener('mouseleave', hide);
  root.addEventListener('focusout', hide);
  addEventListener('keydown', key);
  addEventListener('scroll', hide, true);
  return () => {
    removeEventListener('keydown', key);
    removeEventListener('scroll', hide, true);
    tip.remove();
  };
}
