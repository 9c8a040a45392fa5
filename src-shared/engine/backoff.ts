import type { Core } from './core';

/** Waits before retries. */
export interface Backoffs {
  /** The wait, in ns, that the policy of a link asks for where the undisturbed wait has grown to `grown` ns. */
  wait(link: number, grown: number): number;
  /** Undisturbed wait before the first retry, ns. */
  first(link: number): number;
  /** The one that follows `grown`. */
  next(link: number, grown: number): number;
}

const NO_JITTER = 0;
const FULL = 1;

/**
 * Builds the backoffs of a plan: base * factor^n up to a cap, all of it or half of it left to chance ("full" and "equal" jitter:
 * M. Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015); or waits drawn from a distribution.
 */
export function createBackoffs(core: Core): Backoffs {
  const { draw, add } = core.variates;
  const policies = core.plan.links.map((link) => link.policy?.backoff ?? null);
  const base = Float64Array.from(policies, (policy) => policy?.base ?? 0);
  const factor = Float64Array.from(policies, (policy) => policy?.factor ?? 1);
  const cap = Float64Array.from(policies, (policy) => policy?.cap ?? Infinity);
  const jitter = Uint8Array.from(policies, (policy) => (policy === null || policy.jitter === 'none' ? NO_JITTER : policy.jitter === 'full' ? FULL : 2));
  const drawn = Uint8Array.from(policies, (policy) => (policy?.delay == null ? 0 : 1));
  const stream = Int32Array.from(core.plan.links, ({ id, policy }, link) => {
    if (policy === undefined || policy.maxAttempts <= 1) return -1;
    if (policy.backoff.delay !== null) return add(`${id}/backoff`, policy.backoff.delay);
    return jitter[link] === NO_JITTER ? -1 : add(`${id}/backoff`, { type: 'unit' });
  });
  return {
    first: (link) => Math.min(cap[link], base[link]),
    next: (link, grown) => Math.min(cap[link], grown * factor[link]),
    wait(link, grown) {
      if (drawn[link] === 1) return draw(stream[link]);
      if (jitter[link] === NO_JITTER) return Math.floor(grown + 0.5);
      const u = draw(stream[link]);
      return Math.floor((jitter[link] === FULL ? u * grown : (grown / 2) * (1 + u)) + 0.5);
    },
  };
}
