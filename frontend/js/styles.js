/*
 * Style sheets of screens and of parts, each added once.  A promise: what is
 * drawn before them would be seen without.
 */
export function addStyles(names = []) {
  return Promise.all(names.map(name => {
    const href = `/css/${name}.css`;

    if (document.querySelector(`link[href="${href}"]`) !== null)
      return null;

    const link = document.createElement('link');

    link.rel = 'stylesheet';
    link.href = href;
    document.head.append(link);
    return new Promise(done => {
      link.onload = done;
      link.onerror = done;
    });
  }));
}
