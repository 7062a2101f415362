/* All the icons: `icon` is taken from here where one of these is used. */
import { svg } from '../../vendor/lit-html.js';
import { icon, strokes } from './icon.js';

Object.assign(strokes, {
  book: svg`<path d="M5 4h13v16H6a2 2 0 0 1-2-2V5.500A1.500 1.500 0 0 1 5.500 4M4 18a2 2 0 0 1 2-2h12M8 8h6"/>`,
  grade: svg`<path d="M5 20h14M7 16l5-12 5 12M8.800 12h6.400"/>`,
  export: svg`<path d="M12 15V4M8 8l4-4 4 4M4 17v3a1 1 0 0 0 1 1h14a1 1 0 0 0 1-1v-3"/>`,
  plug: svg`<path d="M9 3v5M15 3v5M6 8h12v3a6 6 0 0 1-12 0zM12 17v4"/>`,
  cross: svg`<path d="M5 5l14 14M19 5 5 19"/>`,
  edit: svg`<path d="M4 20h4L20 8l-4-4L4 16zM13.500 6.500l4 4"/>`,
  trash: svg`<path d="M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13M10 11v5M14 11v5"/>`,
  more: svg`<circle cx="5" cy="12" r="1"/><circle cx="12" cy="12" r="1"/><circle cx="19" cy="12" r="1"/>`,
  search: svg`<circle cx="11" cy="11" r="6.500"/><path d="m16 16 5 5"/>`,
  lock: svg`<rect x="5" y="11" width="14" height="9" rx="1.500"/><path d="M8 11V8a4 4 0 0 1 8 0v3"/>`,
  unlock: svg`<rect x="5" y="11" width="14" height="9" rx="1.500"/><path d="M8 11V8a4 4 0 0 1 7.500-2"/>`,
  cloud: svg`<path d="M7 18a4.500 4.500 0 1 1 .8-8.900 5.500 5.500 0 0 1 10.600 1.700A3.700 3.700 0 0 1 18 18z"/>`,
  offline: svg`<path d="M7 18a4.500 4.500 0 1 1 .8-8.900M11 7a5.500 5.500 0 0 1 7.400 3.800A3.700 3.700 0 0 1 20 17M3 3l18 18"/>`,
  undo: svg`<path d="M8 5 3 10l5 5M3 10h11a6 6 0 0 1 0 12h-3" transform="translate(0 -2)"/>`,
  redo: svg`<path d="m16 5 5 5-5 5M21 10H10a6 6 0 0 0 0 12h3" transform="translate(0 -2)"/>`,
  comment: svg`<path d="M4 5h16v11H10l-5 4v-4H4z"/>`,
  keyboard: svg`<rect x="2" y="6" width="20" height="12" rx="2"/><path d="M6 10h.01M10 10h.01M14 10h.01M18 10h.01M7 14h10"/>`,
  turn: svg`<path d="M4 9h13l-3-3M20 15H7l3 3"/>`,
  list: svg`<path d="M8 6h12M8 12h12M8 18h12M4 6h.01M4 12h.01M4 18h.01"/>`,
  card: svg`<rect x="5" y="3" width="14" height="18" rx="2"/><path d="M9 8h6M9 12h6"/>`,
  eye: svg`<path d="M2 12s4-7 10-7 10 7 10 7-4 7-10 7-10-7-10-7z"/><circle cx="12" cy="12" r="3"/>`,
  hidden: svg`<path d="M4 4l16 16M9.500 5.400A10 10 0 0 1 12 5c6 0 10 7 10 7a18 18 0 0 1-3.300 4M6 7.500C3.500 9.300 2 12 2 12s4 7 10 7a10 10 0 0 0 4-.9"/>`,
  sun: svg`<circle cx="12" cy="12" r="4"/><path d="M12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.500 1.500M17.500 17.500 19 19M19 5l-1.500 1.500M6.500 17.500 5 19"/>`,
  out: svg`<path d="M14 4h5a1 1 0 0 1 1 1v14a1 1 0 0 1-1 1h-5M10 8l-4 4 4 4M6 12h10"/>`,
  user: svg`<circle cx="12" cy="8" r="4"/><path d="M4 21c.7-5 3.500-7 8-7s7.300 2 8 7"/>`,
  calendar: svg`<rect x="4" y="5" width="16" height="15" rx="1.500"/><path d="M4 10h16M8 3v4M16 3v4"/>`,
});

export { icon };
