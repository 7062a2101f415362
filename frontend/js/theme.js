/* Before the first paint, so that a forced theme does not flash. */
(() => {
  try {
    const theme = localStorage.getItem('acquis.theme');

    if (theme === 'light' || theme === 'dark')
      document.documentElement.dataset.theme = theme;
  } catch {
    /* Storage is refused: the system's theme stands. */
  }
})();
