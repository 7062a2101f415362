/*
 * Icons: strokes drawn here, 24 × 24, always beside words or a label.  Those of
 * the header and of the dashboard; the others are in icons.js.
 */
import { html, svg } from '../../vendor/lit-html.js';

export const strokes = {
  home: svg`<path d="M3 11 12 4l9 7v9a1 1 0 0 1-1 1h-5v-6H9v6H4a1 1 0 0 1-1-1z"/>`,
  grid: svg`<path d="M4 4h16v16H4zM4 10h16M4 15h16M10 4v16"/>`,
  path: svg`<path d="M4 19V9M10 19V5M16 19v-7M22 19H2"/>`,
  class: svg`<circle cx="9" cy="8" r="3.5"/><path d="M2.5 20c.6-4 3-6 6.500-6s5.900 2 6.500 6M16 5a3.500 3.500 0 0 1 0 6M18 14.500c2 .8 3.200 2.700 3.600 5.500"/>`,
  seal: svg`<circle cx="12" cy="9" r="6"/><path d="m9 14-1.500 7L12 18.500 16.500 21 15 14M9.500 9l1.800 1.800L14.500 7.500"/>`,
  gear: svg`<circle cx="12" cy="12" r="3"/><path d="M12 3v3M12 18v3M3 12h3M18 12h3M5.600 5.600l2.100 2.100M16.300 16.300l2.100 2.100M18.400 5.600l-2.100 2.100M7.700 16.300l-2.100 2.100"/>`,
  import: svg`<path d="M12 3v11M8 10l4 4 4-4M4 17v3a1 1 0 0 0 1 1h14a1 1 0 0 0 1-1v-3"/>`,
  check: svg`<path d="m4 12 5 6L20 6"/>`,
  plus: svg`<path d="M12 5v14M5 12h14"/>`,
  left: svg`<path d="m15 5-7 7 7 7"/>`,
  right: svg`<path d="m9 5 7 7-7 7"/>`,
  down: svg`<path d="m5 9 7 7 7-7"/>`,
  warn: svg`<path d="M12 4 2.500 20h19zM12 10v4M12 17v.5"/>`,
  info: svg`<circle cx="12" cy="12" r="9"/><path d="M12 11v5M12 7.500v.5"/>`,
  sync: svg`<path d="M20 11a8 8 0 0 0-14-4L4 9M4 4v5h5M4 13a8 8 0 0 0 14 4l2-2M20 20v-5h-5"/>`,
  print: svg`<path d="M7 8V3h10v5M7 17H4v-8h16v8h-3M7 14h10v7H7z"/>`,
};

export function icon(name) {
  return html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"
    focusable="false">${strokes[name]}</svg>`;
}
