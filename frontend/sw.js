/*
 * Service worker: the shell opens without network.
 *
 * A file is answered from the cache and refreshed from the network behind, so
 * a new version shows at the next visit; the page itself is asked to the
 * network first, so that both come from the same version when there is one.
 * Answers of /api are never kept here: what a visit needs is in IndexedDB,
 * tied to the account.
 *
 * What a page loaded before there was a worker it tells by a message, so that
 * one visit is enough.
 */
const CACHE = 'acquis-shell-1';
const PAGE = '/';
const folders = /^\/(?:css|js|icons|vendor)\/|^\/manifest\.webmanifest$/;

async function refresh(cache, request, key) {
  const response = await fetch(request);

  if (response.ok)
    await cache.put(key, response.clone());
  return response;
}

const former = async () =>
  (await caches.keys()).filter(name => name !== CACHE);

/*
 * All that the version before had is fetched anew: whoever could work without
 * network still can.  What fails leaves that version in charge.
 */
async function install() {
  const cache = await caches.open(CACHE);
  const urls = new Set();

  for (const name of await former())
    for (const { url } of await (await caches.open(name)).keys())
      urls.add(url);
  urls.delete(new URL(PAGE, location).href);
  await Promise.all([cache.add(PAGE),
    ...[...urls].map(url => refresh(cache, url, url))]);
  await self.skipWaiting();
}

self.addEventListener('install', event => event.waitUntil(install()));

/* Taking over comes first: the other version would open its cache again. */
async function takeOver() {
  await self.clients.claim();
  for (const name of await former())
    await caches.delete(name);
}

self.addEventListener('activate', event => event.waitUntil(takeOver()));

async function page(request) {
  const cache = await caches.open(CACHE);

  try {
    return await refresh(cache, request, PAGE);
  } catch (error) {
    const kept = await cache.match(PAGE);

    if (kept === undefined)
      throw error;
    return kept;
  }
}

async function file(event) {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(event.request);
  const fresh = refresh(cache, event.request, event.request);

  if (kept === undefined)
    return fresh;
  event.waitUntil(fresh.catch(() => null));
  return kept;
}

self.addEventListener('fetch', event => {
  const url = new URL(event.request.url);

  if (event.request.method !== 'GET' || url.origin !== location.origin)
    return;
  if (event.request.mode === 'navigate' && url.pathname === PAGE)
    event.respondWith(page(event.request));
  else if (folders.test(url.pathname))
    event.respondWith(file(event));
});

async function keep(urls) {
  const cache = await caches.open(CACHE);

  for (const url of urls) {
    const { origin, pathname } = new URL(url);

    if (origin === location.origin && folders.test(pathname)
      && await cache.match(url) === undefined)
      await refresh(cache, url, url).catch(() => null);
  }
}

self.addEventListener('message', event => event.waitUntil(keep(event.data)));
