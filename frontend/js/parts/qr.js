/* A QR code as the server gives it: rows of 0 and 1, drawn with its margin. */
import { html, svg } from '../../vendor/lit-html.js';

const MARGIN = 4;

/** `label` says what it is for. */
export function qr(rows, label) {
  const side = rows.length + 2 * MARGIN;
  const dark = rows.flatMap((row, y) => [...row.matchAll(/1+/g)].map(
    ({ index, 0: { length } }) =>
      `M${index + MARGIN} ${y + MARGIN}h${length}v1h-${length}z`)).join('');

  return html`<svg class="qr" role="img" aria-label=${label}
    viewBox="0 0 ${side} ${side}" shape-rendering="crispEdges">
    ${svg`<path fill="#fff" d="M0 0h${side}v${side}h-${side}z"/>
    <path fill="#000" d=${dark}/>`}</svg>`;
}
