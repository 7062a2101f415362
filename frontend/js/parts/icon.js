/* Icons: strokes drawn here, 24 × 24, always beside words or a label. */
import { html, svg } from '../../vendor/lit-html.js';

const strokes = {
  home: svg`<path d="M3 11 12 4l9 7v9a1 1 0 0 1-1 1h-5v-6H9v6H4a1 1 0 0 1-1-1z"/>`,
  grid: svg`<path d="M4 4h16v16H4zM4 10h16M4 15h16M10 4v16"/>`,
  path: svg`<path d="M4 19V9M10 19V5M16 19v-7M22 19H2"/>`,
  class: svg`<circle cx="9" cy="8" r="3.5"/><path d="M2.5 20c.6-4 3-6 6.500-6s5.900 2 6.500 6M16 5a3.500 3.500 0 0 1 0 6M18 14.500c2 .8 3.200 2.700 3.600 5.500"/>`,
  book: svg`<path d="M5 4h13v16H6a2 2 0 0 1-2-2V5.500A1.500 1.500 0 0 1 5.500 4M4 18a2 2 0 0 1 2-2h12M8 8h6"/>`,
  seal: svg`<circle cx="12" cy="9" r="6"/><path d="m9 14-1.500 7L12 18.500 16.500 21 15 14M9.500 9l1.800 1.800L14.500 7.500"/>`,
  grade: svg`<path d="M5 20h14M7 16l5-12 5 12M8.800 12h6.400"/>`,
  gear: svg`<circle cx="12" cy="12" r="3"/><path d="M12 3v3M12 18v3M3 12h3M18 12h3M5.600 5.600l2.100 2.100M16.300 16.300l2.100 2.100M18.400 5.600l-2.100 2.100M7.700 16.300l-2.100 2.100"/>`,
  import: svg`<path d="M12 3v11M8 10l4 4 4-4M4 17v3a1 1 0 0 0 1 1h14a1 1 0 0 0 1-1v-3"/>`,
  export: svg`<path d="M12 15V4M8 8l4-4 4 4M4 17v3a1 1 0 0 0 1 1h14a1 1 0 0 0 1-1v-3"/>`,
  plug: svg`<path d="M9 3v5M15 3v5M6 8h12v3a6 6 0 0 1-12 0zM12 17v4"/>`,
  check: svg`<path d="m4 12 5 6L20 6"/>`,
  cross: svg`<path d="M5 5l14 14M19 5 5 19"/>`,
  plus: svg`<path d="M12 5v14M5 12h14"/>`,
  edit: svg`<path d="M4 20h4L20 8l-4-4L4 16zM13.500 6.500l4 4"/>`,
  trash: svg`<path d="M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13M10 11v5M14 11v5"/>`,
  left: svg`<path d="m15 5-7 7 7 7"/>`,
  right: svg`<path d="m9 5 7 7-7 7"/>`,
  down: svg`<path d="m5 9 7 7 7-7"/>`,
  more: svg`<circle cx="5" cy="12" r="1"/><circle cx="12" cy="12" r="1"/><circle cx="19" cy="12" r="1"/>`,
  search: svg`<circle cx="11" cy="11" r="6.500"/><path d="m16 16 5 5"/>`,
  lock: svg`<rect x="5" y="11" width="14" height="9" rx="1.500"/><path d="M8 11V8a4 4 0 0 1 8 0v3"/>`,
  unlock: svg`<rect x="5" y="11" width="14" height="9" rx="1.500"/><path d="M8 11V8a4 4 0 0 1 7.500-2"/>`,
  warn: svg`<path d="M12 4 2.500 20h19zM12 10v4M12 17v.5"/>`,
  info: svg`<circle cx="12" cy="12" r="9"/><path d="M12 11v5M12 7.500v.5"/>`,
  cloud: svg`<path d="M7 18a4.500 4.500 0 1 1 .8-8.900 5.500 5.500 0 0 1 10.600 1.700A3.700 3.700 0 0 1 18 18z"/>`,
  offline: svg`<path d="M7 18a4.500 4.500 0 1 1 .8-8.900M11 7a5.500 5.500 0 0 1 7.400 3.800A3.700 3.700 0 0 1 20 17M3 3l18 18"/>`,
  sync: svg`<path d="M20 11a8 8 0 0 0-14-4L4 9M4 4v5h5M4 13a8 8 0 0 0 14 4l2-2M20 20v-5h-5"/>`,
  undo: svg`<path d="M8 5 3 10l5 5M3 10h11a6 6 0 0 1 0 12h-3" transform="translate(0 -2)"/>`,
  redo: svg`<path d="m16 5 5 5-5 5M21 10H10a6 6 0 0 0 0 12h3" transform="translate(0 -2)"/>`,
  comment: svg`<path d="M4 5h16v11H10l-5 4v-4H4z"/>`,
  keyboard: svg`<rect x="2" y="6" width="20" height="12" rx="2"/><path d="M6 10h.01M10 10h.01M14 10h.01M18 10h.01M7 14h10"/>`,
  print: svg`<path d="M7 8V3h10v5M7 17H4v-8h16v8h-3M7 14h10v7H7z"/>`,
  turn: svg`<path d="M4 9h13l-3-3M20 15H7l3 3"/>`,
  list: svg`<path d="M8 6h12M8 12h12M8 18h12M4 6h.01M4 12h.01M4 18h.01"/>`,
  card: svg`<rect x="5" y="3" width="14" height="18" rx="2"/><path d="M9 8h6M9 12h6"/>`,
  eye: svg`<path d="M2 12s4-7 10-7 10 7 10 7-4 7-10 7-10-7-10-7z"/><circle cx="12" cy="12" r="3"/>`,
  hidden: svg`<path d="M4 4l16 16M9.500 5.400A10 10 0 0 1 12 5c6 0 10 7 10 7a18 18 0 0 1-3.300 4M6 7.500C3.500 9.300 2 12 2 12s4 7 10 7a10 10 0 0 0 4-.9"/>`,
  sun: svg`<circle cx="12" cy="12" r="4"/><path d="M12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.500 1.500M17.500 17.500 19 19M19 5l-1.500 1.500M6.500 17.500 5 19"/>`,
  out: svg`<path d="M14 4h5a1 1 0 0 1 1 1v14a1 1 0 0 1-1 1h-5M10 8l-4 4 4 4M6 12h10"/>`,
  user: svg`<circle cx="12" cy="8" r="4"/><path d="M4 21c.7-5 3.500-7 8-7s7.300 2 8 7"/>`,
  calendar: svg`<rect x="4" y="5" width="16" height="15" rx="1.500"/><path d="M4 10h16M8 3v4M16 3v4"/>`,
};

export function icon(name) {
  return html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"
    focusable="false">${strokes[name]}</svg>`;
}
