/** Runs `work` once before the next frame, however often it is asked. */
export function onceAFrame(work) {
  let asked = false;

  return () => {
    if (asked)
      return;
    asked = true;
    requestAnimationFrame(() => {
      asked = false;
      work();
    });
  };
}
