/*
 * Screens that are not for every day, loaded when one is asked for or the
 * personal menu is opened: administration, reference data, the account.
 * Members are those of the routes in main.js.
 */
const managers = ['administrator', 'ddfpt', 'head'];
const traced = [...managers, 'teacher', 'learner', 'guardian'];

export const routes = [
  ...['/imports', '/imports/{id}'].map(path => ({
    path, words: ['menu', 'admin'], nav: 'imports', styles: ['forms', 'admin'],
    roles: ['administrator'], load: () => import('./views/imports.js') })),
  { path: '/people', words: ['menu', 'admin', 'people'], nav: 'people',
    styles: ['forms', 'admin'], roles: managers,
    load: () => import('./views/people.js') },
  { path: '/people/new', words: ['menu', 'admin', 'people'], nav: 'people',
    styles: ['forms', 'admin'], roles: ['administrator', 'ddfpt'],
    load: () => import('./views/person-new.js') },
  { path: '/people/{id}', words: ['menu', 'admin', 'people'], nav: 'people',
    styles: ['forms', 'admin'], roles: managers,
    load: () => import('./views/person.js') },
  { path: '/tutors/{learner}', words: ['menu', 'admin', 'people'],
    nav: 'classes', styles: ['forms', 'admin'],
    roles: [...managers, 'teacher'], load: () => import('./views/tutors.js') },
  { path: '/settings', words: ['menu', 'admin'], nav: 'settings',
    styles: ['forms', 'admin'], roles: managers,
    load: () => import('./views/settings.js') },
  { path: '/partners', words: ['menu', 'admin'], nav: 'partners',
    styles: ['forms', 'admin', 'cards'],
    roles: ['administrator', 'ddfpt'],
    load: () => import('./views/partners.js') },
  ...['/frameworks', '/frameworks/{id}'].map(path => ({
    path, words: ['menu', 'admin'], nav: 'frameworks',
    styles: ['forms', 'admin', 'cards'],
    load: () => import('./views/framework.js') })),
  { path: '/traces', words: ['menu', 'admin', 'traces'], nav: 'traces',
    styles: ['forms', 'admin', 'cards'], roles: traced,
    load: () => import('./views/traces.js') },
  { path: '/activation', words: ['sign_in', 'activation'],
    styles: ['forms', 'sign-in'], open: true, shared: true,
    load: () => import('./views/activation.js') },
  ...['/forgotten', '/reset/{token}', '/email/{token}'].map(path => ({
    path, words: ['sign_in', 'forgotten'], styles: ['forms', 'sign-in'],
    open: true, shared: true, load: () => import('./views/forgotten.js') })),
  { path: '/account', words: ['menu', 'admin', 'account'],
    styles: ['forms', 'admin'], load: () => import('./views/account.js') },
];

/* In the personal menu. */
export const menu = [
  { nav: 'people', hash: '#/people', icon: 'user', roles: managers },
  { nav: 'settings', hash: '#/settings', icon: 'gear', roles: managers },
  { nav: 'partners', hash: '#/partners', icon: 'plug',
    roles: ['administrator', 'ddfpt'] },
  { nav: 'traces', hash: '#/traces', icon: 'eye', roles: traced },
  { nav: 'frameworks', hash: '#/frameworks', icon: 'book' },
];
