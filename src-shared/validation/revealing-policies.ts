type Values = Readonly<Record<string, unknown>>;

/** A far end that refuses some requests and fails others, so that what callers do about either shows. */
export const FAILING: Values = { failureShare: 0.2, queueLimit: 2 };

/** Callers that give up on some of their calls. */
const IMPATIENT: Values = { timeoutMs: 15 };

const BESIDE: Readonly<Record<string, Values>> = {
  propagateDeadline: IMPATIENT,
  cancelAbandoned: IMPATIENT,
  retryTimeouts: IMPATIENT,
  breakerMinimumCalls: { ...IMPATIENT, breakerShare: 0.2, breakerWindowMs: 500, breakerOpenMs: 200 },
};

/** Values to set beside a parameter of a link, beyond its own conditions, for it to show. */
export function besideOfLink(key: string): Values {
  return BESIDE[key] ?? {};
}
