/* When to try again what was not stored (ux.md 5). */
const FIRST_DELAY_MS = 1000;
const LAST_DELAY_MS = 60000;

/** 1, 2, 4 … 60 s, spread by a quarter; never before Retry-After. */
export function retryDelay(attempt, random, retryAfter = null) {
  const whole = Math.min(FIRST_DELAY_MS * 2 ** attempt, LAST_DELAY_MS);
  const spread = Math.round(whole * (0.75 + random / 2));

  return Math.max(Math.min(spread, LAST_DELAY_MS), (retryAfter ?? 0) * 1000);
}

/** A 409 passes by itself only while somebody is writing the same thing. */
export const worthRetrying = ({ status, code }) =>
  status === 0 || status >= 500 || [408, 429].includes(status)
  || (status === 409 && code === 'in-progress');
