/*
 * Who is signed in.  A session that ends while somebody types does not throw
 * the page away: `lost` is dispatched, and `found` once the person is back.
 */
export class Session extends EventTarget {
  #api;
  #timer = 0;

  constructor(api) {
    super();
    this.#api = api;
    this.data = null;
  }

  get person() {
    return this.data?.person ?? null;
  }

  is(...roles) {
    return this.data !== null
      && roles.some(role => this.data.roles.includes(role));
  }

  /*
   * Whether this browser signed in and did not sign out: no need to ask the
   * server who we are before that.
   */
  #remember(signedIn) {
    try {
      if (signedIn)
        localStorage.setItem('acquis.signed-in', '1');
      else
        localStorage.removeItem('acquis.signed-in');
    } catch {
      /* Storage is refused: a reloaded page asks for the password again. */
    }
  }

  #take(data) {
    this.#remember(true);
    this.data = data;
    this.#api.setToken(data.csrf_token);
    this.heard();
    this.dispatchEvent(new Event('found'));
    return data;
  }

  /** The session of this browser, or null. */
  async load() {
    try {
      if (localStorage.getItem('acquis.signed-in') === null)
        return null;
    } catch {
      /* Storage is refused: ask. */
    }
    try {
      const { data } = await this.#api.get('/session');

      if (!data.second_factor_required)
        return this.#take(data);
      this.#remember(false);
      return null;
    } catch (error) {
      if (error.status === 401) {
        this.#remember(false);
        return null;
      }
      throw error;
    }
  }

  /** False where a code is asked for next: see answer(). */
  async signIn(credentials) {
    const { data } = await this.#api.send('POST', '/session', credentials);

    if (data.second_factor_required) {
      this.#api.setToken(data.csrf_token);
      return false;
    }
    this.#take(data);
    return true;
  }

  /** The second step: a code of the telephone, or a recovery code. */
  async answer(code) {
    this.#take((await this.#api.send('POST', '/session/second-factor',
      { code })).data);
  }

  /** Takes a session the server gave again (new password). */
  renew(data) {
    return this.#take(data);
  }

  async signOut() {
    try {
      await this.#api.send('DELETE', '/session');
    } catch (error) {
      if (error.status !== 401)
        throw error;
    }
    this.forget();
  }

  forget() {
    clearTimeout(this.#timer);
    this.#remember(false);
    this.data = null;
    this.#api.setToken('');
  }

  /** The server no longer knows us. */
  lose() {
    if (this.data === null)
      return;
    clearTimeout(this.#timer);
    this.dispatchEvent(new Event('lost'));
  }

  /** The server answered: the idle time starts again. */
  heard() {
    const seconds = this.data?.idle_seconds ?? 0;

    clearTimeout(this.#timer);
    if (seconds > 240)
      this.#timer = setTimeout(() =>
        this.dispatchEvent(new Event('ending')), (seconds - 180) * 1000);
  }
}
