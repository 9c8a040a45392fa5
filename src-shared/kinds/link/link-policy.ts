import {
  REASON_ABANDONED,
  REASON_BREAKER_OPEN,
  REASON_BULKHEAD_FULL,
  REASON_DOWN,
  REASON_ERROR,
  REASON_LINK_FULL,
  REASON_LINK_LOST,
  REASON_NO_TARGET,
  REASON_QUEUE_FULL,
  REASON_RATE_LIMITED,
  REASON_SESSION_LOST,
  REASON_SHED,
  REASON_TIMEOUT,
} from '../../engine/layout';
import type { LinkPolicy } from '../../engine/plan';
import { NS_PER_MS, samplerOf } from '../lowering';
import type { ParamValues } from '../params';
import type { linkParams } from './link';

type LinkValues = ParamValues<typeof linkParams>;

const SILENCE = [REASON_TIMEOUT, REASON_LINK_LOST, REASON_LINK_FULL];
const REFUSALS = [
  REASON_QUEUE_FULL,
  REASON_DOWN,
  REASON_RATE_LIMITED,
  REASON_SHED,
  REASON_NO_TARGET,
  REASON_ABANDONED,
  REASON_BREAKER_OPEN,
  REASON_BULKHEAD_FULL,
];
const ERRORS = [REASON_ERROR, REASON_SESSION_LOST];

/** What the callers on a link do about calls that fail or are slow; undefined where they do nothing. Times in ns. */
export function policyOf(values: LinkValues): LinkPolicy | undefined {
  const { deadlineMs, retries, hedging, breaker, bulkhead, fallback } = values;
  const idle = deadlineMs === null && retries === 'off' && hedging === 'off' && breaker === 'off' && bulkhead === null && !fallback;
  if (values.mode !== 'call' || idle) return undefined;
  return {
    deadline: deadlineMs === null ? Infinity : Math.max(1, ns(deadlineMs)),
    maxAttempts: retries === 'off' ? 1 : (values.attempts ?? Infinity),
    retryOn: [...(values.retryTimeouts ? SILENCE : []), ...(values.retryRefusals ? REFUSALS : []), ...(values.retryErrors ? ERRORS : [])],
    backoff: {
      delay: retries === 'drawn' ? samplerOf(values.retryDelay) : null,
      base: ns(values.backoffBaseMs),
      factor: values.backoffFactor,
      cap: ns(values.backoffCapMs),
      jitter: values.backoffJitter,
    },
    budget: values.retryBudget === null ? null : { ratio: values.retryBudget, burst: values.retryBudgetBurst },
    hedge:
      hedging === 'off' || values.hedgeCopies < 2
        ? null
        : {
            after: Math.max(1, ns(values.hedgeAfterMs)),
            quantile: hedging === 'percentile' ? values.hedgePercentile : null,
            maxCopies: values.hedgeCopies,
            cancel: values.hedgeCancel,
          },
    breaker: breakerOf(values),
    bulkhead: bulkhead ?? Infinity,
    fallback,
  };
}

function breakerOf(values: LinkValues): LinkPolicy['breaker'] {
  const common = { openFor: values.breakerOpenMs === null ? Infinity : Math.max(1, ns(values.breakerOpenMs)), probes: values.breakerProbes };
  switch (values.breaker) {
    case 'off':
      return null;
    case 'consecutive':
      return { ...common, type: 'consecutive', failures: values.breakerFailures };
    case 'rate':
      return {
        ...common,
        type: 'rate',
        share: values.breakerShare,
        window: ns(values.breakerWindowMs),
        minimumCalls: values.breakerMinimumCalls,
      };
  }
}

function ns(ms: number): number {
  return Math.floor(ms * NS_PER_MS + 0.5);
}
