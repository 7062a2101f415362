/*
 * Classes and learners the person may see, read once per visit, and the
 * learner last looked at, so that every screen opens on the same one.
 */
export function createRoster(api, session) {
  let classes = null;
  let learners = new Map();
  let last = { class_id: null, learner_id: null };

  function keep(map, key, promise) {
    map.set(key, promise);
    promise.catch(() => map.delete(key));
    return promise;
  }

  return {
    async classes() {
      classes ??= api.all('/classes').catch(error => {
        classes = null;
        throw error;
      });
      return classes;
    },

    async learners(classId) {
      return learners.get(classId) ?? keep(learners, classId,
        api.all(`/classes/${encodeURIComponent(classId)}/learners`));
    },

    async learner(id) {
      for (const known of learners.values()) {
        const found = (await known).find(l => l.id === id);

        if (found !== undefined)
          return found;
      }
      return (await api.get(`/learners/${encodeURIComponent(id)}`)).data;
    },

    /* Somebody else signed in, or an import changed everything. */
    forget() {
      classes = null;
      learners = new Map();
      last = { class_id: null, learner_id: null };
    },

    get last() {
      return last;
    },

    set last(next) {
      last = { ...last, ...next };
      try {
        sessionStorage.setItem(`acquis.last.${session.person?.id}`,
          JSON.stringify(last));
      } catch {
        /* Storage is refused: this page only. */
      }
    },

    /** What this tab looked at before it was reloaded. */
    recall() {
      try {
        last = JSON.parse(sessionStorage.getItem(
          `acquis.last.${session.person?.id}`)) ?? last;
      } catch {
        /* Nothing to recall. */
      }
    },
  };
}

/** A class as lists show it: the code first, the name once. */
export function className({ code, name }) {
  return name === code || name === '' ? code : `${code} · ${name}`;
}

/** Frameworks, read once per visit: `get(id)` is a promise. */
export function createFrameworks(api) {
  const known = new Map();

  return {
    get(id) {
      if (!known.has(id)) {
        const asked = api.get(`/frameworks/${encodeURIComponent(id)}`)
          .then(answer => answer.data);

        known.set(id, asked);
        asked.catch(() => known.delete(id));
      }
      return known.get(id);
    },
  };
}
