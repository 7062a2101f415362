/* The only door to the server: views/README.md tells its verbs. */
const BASE = '/api/v1';
const PATIENCE_MS = 30000;

export class ApiError extends Error {
  constructor(status, problem = {}, retryAfter = null) {
    super(problem.detail || problem.title || `HTTP ${status}`);
    this.status = status;
    this.code = problem.code ?? 'unknown';
    this.title = problem.title ?? '';
    this.detail = problem.detail ?? '';
    this.errors = problem.errors ?? [];
    this.request_id = problem.request_id ?? null;
    this.retry_after = retryAfter;
    this.problem = problem;
  }
}

export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));

  return [...bytes].map(b => b.toString(16).padStart(2, '0')).join('');
}

/** `/classes?after=…`: arrays repeat, null and undefined are left out. */
export function withParams(path, params = {}) {
  const query = new URLSearchParams();

  for (const [name, value] of Object.entries(params))
    for (const one of Array.isArray(value) ? value : [value])
      if (one !== null && one !== undefined && one !== '')
        query.append(name, one);

  const text = query.toString();

  return text === '' ? path : `${path}?${text}`;
}

async function readProblem(response) {
  try {
    return await response.json();
  } catch {
    return {};
  }
}

/*
 * language(): of `title` and `detail`.  answered(response) sees each answer;
 * refused(error) each refusal; mine(session): is it still that of this page?
 */
export function createApi({ language, answered = () => {},
  refused = () => {}, mine = () => true }) {
  let token = '';

  async function ask(method, path, { body, keepalive, headers = {} }) {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), PATIENCE_MS);

    try {
      return await fetch(BASE + path, {
        method, body, headers, keepalive, signal: stop.signal,
        credentials: 'same-origin', redirect: 'error',
        /* Reference data may stay in the browser, people may not. */
        cache: path.startsWith('/frameworks/') ? 'default' : 'no-store',
      });
    } catch {
      throw new ApiError(0,
        { code: stop.signal.aborted ? 'timeout' : 'network' });
    } finally {
      clearTimeout(timer);
    }
  }

  async function result(response) {
    const type = response.headers.get('Content-Type') ?? '';
    let data = null;

    try {
      if (response.status !== 204)
        data = type.includes('json') ? await response.json()
          : type.startsWith('text') ? await response.text()
            : await response.blob();
    } catch {
      throw new ApiError(0, { code: 'network' });
    }
    return {
      status: response.status, data, etag: response.headers.get('ETag'),
      location: response.headers.get('Location'),
      replayed: response.headers.get('Idempotent-Replayed') === 'true',
    };
  }

  async function call(method, path, options) {
    const response = await ask(method, path, options);

    answered(response);
    if (response.ok)
      return result(response);

    const after = Number.parseInt(response.headers.get('Retry-After'), 10);

    throw new ApiError(response.status, await readProblem(response),
      Number.isNaN(after) ? null : after);
  }

  async function guarded(method, path, options) {
    try {
      return await call(method, path, options());
    } catch (error) {
      /*
       * The token of a page that was opened off line, or long ago.  If another
       * tab signed somebody else in, nothing leaves under her name.
       */
      if (error.code === 'csrf' && path !== '/session') {
        const { data } = await guarded('GET', '/session', () => common());

        if (mine(data)) {
          token = data.csrf_token;
          return call(method, path, options());
        }
        error = new ApiError(401, { code: 'unauthenticated' });
      }
      refused(error);
      throw error;
    }
  }

  function common(extra = {}) {
    return { headers: { 'Accept-Language': language(), ...extra } };
  }

  const api = {
    /** The CSRF token of the session, which each unsafe request carries. */
    setToken(next) {
      token = next;
    },

    async get(path, params) {
      return guarded('GET', withParams(path, params), () => common());
    },

    async all(path, params = {}) {
      const items = [];
      let after = null;

      do {
        const { data } = await api.get(path,
          { limit: 200, ...params, after });

        items.push(...data.items);
        after = data.next;
      } while (after !== null);
      return items;
    },

    /* keepalive: the request outlives the page. */
    async send(method, path, body, { match, key, patch, params, keepalive } = {}) {
      const headers = {};
      let sent = body;

      if (method === 'POST' && path !== '/session')
        headers['Idempotency-Key'] = key ?? newKey();
      if (match)
        headers['If-Match'] = match;
      if (body !== undefined && !(body instanceof FormData)) {
        headers['Content-Type'] = patch ? 'application/merge-patch+json'
          : 'application/json';
        sent = JSON.stringify(body);
      }
      return guarded(method, withParams(path, params), () => ({
        body: sent, keepalive,
        ...common(token === '' ? headers
          : { ...headers, 'X-CSRF-Token': token }),
      }));
    },

    url(path, params) {
      return BASE + withParams(path, params);
    },
  };
  return api;
}
