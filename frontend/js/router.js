/* Hash routes need no rewriting in the server and work offline. */
import { findRoute } from './logic/route.js';

/** Calls `enter(found)` now and at each change; found is null if none fits. */
export function startRouter(routes, enter) {
  const go = () => enter(findRoute(routes, location.hash), location.hash);

  addEventListener('hashchange', go);
  go();
}

/** Shows a hash; `replace` leaves no step in the history. */
export function navigate(hash, { replace = false } = {}) {
  if (!replace) {
    location.hash = hash;
    return;
  }
  history.replaceState(null, '', hash);
  dispatchEvent(new HashChangeEvent('hashchange'));
}
