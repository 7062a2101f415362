/* Tooltips, loaded with the first thing that is pointed at or focused. */

/** As tips(root) of tip.js. */
export function tipsWhenHovered(root) {
  let end = () => {
    end = null;
  };

  function wake(event) {
    root.removeEventListener('mouseover', wake);
    root.removeEventListener('focusin', wake);
    import('./tip.js').then(({ tips }) => {
      if (end === null)
        return;
      end = tips(root);
      event.target.dispatchEvent(new Event(event.type, { bubbles: true }));
    }, () => null);
  }

  root.addEventListener('mouseover', wake);
  root.addEventListener('focusin', wake);
  return () => end();
}
