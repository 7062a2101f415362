/*
 * The page: who is signed in, which screen the address shows.  Only this file
 * knows the routes of every day, and only more.js the others.
 */
import { html, render } from '../vendor/lit-html.js';
import { createApi } from './api.js';
import { currentLanguage, formatDate, loadWords, preferredLanguage,
  setLanguage, t } from './i18n.js';
import { icon } from './parts/icon.js';
import { findRoute } from './logic/route.js';
import { notice, problem } from './parts/notice.js';
import { navigate, startRouter } from './router.js';
import { createFrameworks, createRoster } from './session/roster.js';
import { Session } from './session/session.js';
import { mayBeKept } from './store/kept.js';
import { addStyles } from './styles.js';
import * as top from './views/top.js';

const staff = ['ddfpt', 'head', 'teacher'];
const readers = [...staff, 'learner', 'guardian'];

/*
 * path; load: its view; words: catalogues; styles: its sheets; roles: who
 * has this screen; nav: which entry of the menu it lights.
 */
const routes = [
  { path: '/sign-in', words: ['sign_in'], styles: ['forms', 'sign-in'],
    open: true, load: () => import('./views/sign-in.js') },
  { path: '/home', words: ['home'], nav: 'home',
    styles: ['forms', 'cards'], load: () => import('./views/home.js') },
  { path: '/evaluations', words: ['evaluations'], nav: 'evaluations',
    roles: readers, styles: ['forms', 'cards'],
    load: () => import('./views/evaluations.js') },
  { path: '/evaluations/new', words: ['evaluations'], nav: 'evaluations',
    roles: ['teacher'], styles: ['forms', 'evaluation'],
    load: () => import('./views/evaluation-form.js') },
  { path: '/evaluations/{id}/edit', words: ['evaluations'],
    nav: 'evaluations', roles: ['teacher'], styles: ['forms', 'evaluation'],
    load: () => import('./views/evaluation-form.js') },
  { path: '/evaluations/{id}', words: ['evaluations', 'grid'],
    nav: 'evaluations', roles: readers, styles: ['forms', 'grid'],
    load: () => import('./views/evaluation.js') },
  ...['/dashboard', '/dashboard/{learner}'].map(path => ({
    path, words: ['dashboard'], nav: 'dashboard', roles: readers,
    styles: ['dashboard'], load: () => import('./views/dashboard.js') })),
  { path: '/draft/{learner}', words: ['interims'], nav: 'dashboard',
    roles: ['ddfpt', 'teacher'], styles: ['forms', 'interims'],
    load: () => import('./views/draft.js') },
  ...['/interims', '/interims/{learner}', '/interims/{learner}/{id}']
    .map(path => ({ path, words: ['interims'], nav: 'interims',
      roles: readers, styles: ['forms', 'interims'],
      load: () => import('./views/interims.js') })),
  { path: '/grading/{class}', words: ['menu', 'grading'], nav: 'classes',
    roles: staff, styles: ['forms', 'grading'],
    load: () => import('./views/grading.js') },
  ...['/classes', '/classes/{id}'].map(path => ({
    path, words: ['classes'], nav: 'classes', roles: staff,
    styles: ['forms', 'class'], load: () => import('./views/class-view.js') })),
];

/* The first five a person may open are shown on a phone too; see more.js. */
const menu = [
  { nav: 'home', hash: '#/home', icon: 'home' },
  { nav: 'evaluations', hash: '#/evaluations', icon: 'grid',
    roles: readers },
  { nav: 'dashboard', hash: '#/dashboard', icon: 'path', roles: readers },
  { nav: 'interims', hash: '#/interims', icon: 'seal',
    roles: readers },
  { nav: 'classes', hash: '#/classes', icon: 'class', roles: staff },
  { nav: 'imports', hash: '#/imports', icon: 'import',
    roles: ['administrator'] },
];

const page = document.getElementById('page');
const announcer = document.getElementById('announcer');

const api = createApi({
  language: currentLanguage,
  answered: response => {
    if (response.ok)
      session.heard();
  },
  refused: error => {
    if (error.status === 401)
      session.lose();
  },
  mine: ({ person }) => person.id === session.person?.id,
});
const session = new Session(api);
const roster = createRoster(api, session);

/* What every view is given; js/views/README.md tells each member. */
const context = {
  api, session, roster, t, navigate, announce, formatDate,
  frameworks: createFrameworks(api), addStyles,
  get language() {
    return currentLanguage();
  },
};

let view = null;      /* { route, element, shown } */
let header = null;
let turn = 0;         /* an answer that comes late finds another number */

function announce(text) {
  announcer.textContent = '';
  setTimeout(() => {
    announcer.textContent = text;
  }, 50);
}

function closeView() {
  view?.shown?.close?.();
  view = null;
  page.replaceChildren();
}

function allowed(route) {
  return route.open || route.roles === undefined
    || session.is(...route.roles);
}

/* One screen after the other: nothing of the former is left in the page. */
async function openView(found, mine) {
  const { route } = found;

  if (view?.route.load.toString() !== route.load.toString()) {
    closeView();

    const [module] = await Promise.all([route.load(),
      ...(route.words ?? []).map(loadWords), addStyles(route.styles)]);

    if (mine !== turn)
      return;

    const element = document.createElement('div');

    page.replaceChildren(element);
    view = { route, element, shown: module.mount(element, context) };
    scrollTo(0, 0);
  }
  view.route = route;
  await view.shown.show({ params: found.params, query: found.query });
  if (mine !== turn)
    return;

  const title = page.querySelector('h1');

  document.title = title === null ? 'Acquis'
    : `${title.textContent.trim().replace(/\s+/g, ' ')} – Acquis`;
}

function showTrouble(error, again) {
  closeView();
  console.warn(error);
  render(html`<div class="narrow stack"><h1>${t('error_title')}</h1>
    ${problem(error, t, again)}</div>`, holder());
}

function showMissing() {
  closeView();
  render(html`<div class="narrow stack"><h1>${t('missing_title')}</h1>
    ${notice('info', html`<p>${t('missing_text')}</p>`, html`<a class="btn"
      href="#/home">${icon('home')} ${t('nav_home')}</a>`)}</div>`, holder());
}

function holder() {
  const element = document.createElement('div');

  page.replaceChildren(element);
  return element;
}

/* The screen to show instead of the one asked for, or null. */
function instead(found) {
  if (found?.route.open)
    return session.data === null || found.route.shared ? null : '#/home';
  if (session.data === null)
    return '#/sign-in';
  if ((session.data.password_change_required
      || session.data.enrolment_required) && found?.route.path !== '/account')
    return '#/account';
  return location.hash === '' || location.hash === '#/' ? '#/home' : null;
}

/* Where somebody wanted to go before having to sign in. */
let wanted = '';

async function elsewhere(hash) {
  if (hash === '' || hash === '#/')
    return null;

  const more = await import('./more.js');

  return findRoute(more.routes, hash);
}

async function enter(near, hash) {
  const mine = ++turn;
  let found = near;

  try {
    found ??= await elsewhere(hash);
  } catch (error) {
    if (mine === turn)
      showTrouble(error, () => enter(near, hash));
    return;
  }
  if (mine !== turn)
    return;

  const other = instead(found);

  if (other !== null) {
    if (other === '#/sign-in')
      wanted = hash;
    const goal = other === '#/home' && wanted.startsWith('#/')
      && wanted !== '#/sign-in' ? wanted : other;

    if (other === '#/home')
      wanted = '';
    navigate(goal, { replace: true });
    return;
  }
  header.show({ nav: found?.route.nav ?? '' });
  if (found === null || !allowed(found.route)) {
    showMissing();
    return;
  }

  const moved = view !== null && view.route.path !== found.route.path;

  try {
    await openView(found, mine);
    if (moved)
      page.focus({ preventScroll: true });
  } catch (error) {
    if (mine === turn && !(error.status === 401 && session.data === null))
      showTrouble(error, () => enter(found, hash));
  }
}

function refresh() {
  closeView();
  dispatchEvent(new HashChangeEvent('hashchange'));
}

/* Rare enough to be loaded when it happens: session/comings.js. */
async function comings(name) {
  const module = await import('./session/comings.js');

  await module[name]({ ...context, closeView, forget() {
    wanted = '';
    roster.forget();
  } });
}

async function workOffline() {
  if (!('serviceWorker' in navigator))
    return;

  const url = '/sw.js';
  const policy = globalThis.trustedTypes?.createPolicy('sw', {
    createScriptURL: asked => {
      if (asked !== url)
        throw new TypeError('not our worker');
      return asked;
    },
  });

  /* What came without the worker: before it, or while it took over. */
  const tell = from => navigator.serviceWorker.controller?.postMessage(
    from.getEntriesByType('resource')
      .filter(({ workerStart }) => !workerStart).map(({ name }) => name));

  try {
    navigator.serviceWorker.addEventListener('controllerchange',
      () => tell(performance));
    new PerformanceObserver(tell).observe({ type: 'resource' });
    await navigator.serviceWorker.register(
      policy === undefined ? url : policy.createScriptURL(url));
  } catch {
    /* Without it the page works, only not offline. */
  }
}

async function start() {
  await setLanguage(preferredLanguage(), { keep: false });
  document.querySelector('.skip').textContent = t('skip');
  header = top.mount(document.getElementById('top'), {
    ...context, menu: () => menu.filter(allowed), allowed, session,
  });
  header.element.addEventListener('sign-out', () =>
    comings('signOut').catch(error => showTrouble(error)));
  header.element.addEventListener('language', async event => {
    await setLanguage(event.detail);
    document.querySelector('.skip').textContent = t('skip');
    refresh();
  });
  session.addEventListener('lost', () => comings('signInAgain'));
  session.addEventListener('ending', () => comings('stayOrGo'));
  session.addEventListener('found', () => {
    roster.recall();
    header.show({});
    if (mayBeKept())
      import('./store/leave.js').then(module => module.resume(context));
  });
  try {
    await session.load();
  } catch (error) {
    if (!await startOffline()) {
      showTrouble(error, () => location.reload());
      return;
    }
  }
  startRouter(routes, enter);
  workOffline();
}

/* No network: who was here last may go on with what was kept for a visit. */
async function startOffline() {
  const { lastPerson } = await import('./store/leave.js');
  const kept = await lastPerson();

  if (kept === null)
    return false;
  session.renew(kept);
  return true;
}

start();
