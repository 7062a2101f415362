/*
 * `#/evaluations/17?view=list` against `/evaluations/{id}`: the first pattern
 * that fits wins, so `/evaluations/new` stands before `/evaluations/{id}`.
 */

/** { path: '/evaluations/17', query: URLSearchParams } */
export function splitHash(hash) {
  const [path, query = ''] = hash.replace(/^#/, '').split('?', 2);

  return { path: path || '/', query: new URLSearchParams(query) };
}

/** Parameters of `path` by `pattern`, or null when it does not fit. */
export function fit(pattern, path) {
  const wanted = pattern.split('/');
  const given = path.split('/');
  const params = {};

  if (wanted.length !== given.length)
    return null;
  for (let i = 0; i < wanted.length; i++) {
    const name = /^\{(.+)\}$/.exec(wanted[i])?.[1];

    if (name === undefined && wanted[i] !== given[i])
      return null;
    if (name !== undefined) {
      if (given[i] === '')
        return null;
      try {
        params[name] = decodeURIComponent(given[i]);
      } catch {
        return null;
      }
    }
  }
  return params;
}

/** { route, params, query } for a hash, or null. */
export function findRoute(routes, hash) {
  const { path, query } = splitHash(hash);

  for (const route of routes) {
    const params = fit(route.path, path);

    if (params !== null)
      return { route, params, query };
  }
  return null;
}
