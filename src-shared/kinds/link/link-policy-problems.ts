import { formatDuration } from '../../base/format';
import { distributionMeanMs } from '../distribution-moments';
import type { KindProblem } from '../kind';
import type { ParamValues } from '../params';
import type { linkParams } from './link';

type LinkValues = ParamValues<typeof linkParams>;

/** What is wrong with how the callers on a link guard their calls. The values have passed their schema. */
export function linkPolicyProblems(values: LinkValues): readonly KindProblem[] {
  if (values.mode !== 'call') return [];
  return [...deadlineProblems(values), ...retryProblems(values), ...hedgeProblems(values), ...breakerProblems(values)];
}

function deadlineProblems({ deadlineMs, timeoutMs, propagateDeadline, cancelAbandoned, hedging }: LinkValues): KindProblem[] {
  const problems: KindProblem[] = [];
  if (deadlineMs !== null && timeoutMs !== null && deadlineMs < timeoutMs)
    problems.push({
      severity: 'warning',
      code: 'deadline-below-timeout',
      path: 'deadlineMs',
      message: `The deadline of ${formatDuration(deadlineMs)} for the whole call is shorter than the timeout of ${formatDuration(timeoutMs)} for one attempt: the timeout never comes, and there is no time for another attempt.`,
      remedy: 'Lengthen the deadline, or shorten the timeout.',
    });
  if (propagateDeadline && deadlineMs === null && timeoutMs === null)
    problems.push({
      severity: 'warning',
      code: 'no-deadline-to-pass-on',
      path: 'propagateDeadline',
      message: 'There is nothing to pass on but what the caller has been given itself: the link has neither a timeout nor a deadline.',
      remedy: 'Give the link a timeout or a deadline, unless the caller passes on that of its own callers.',
    });
  if (cancelAbandoned && deadlineMs === null && timeoutMs === null && hedging === 'off')
    problems.push({
      severity: 'warning',
      code: 'nothing-to-cancel',
      path: 'cancelAbandoned',
      message:
        'The caller never gives up by itself: the link has neither a timeout nor a deadline. Work is cancelled only when the caller is called back itself.',
      remedy: 'Give the link a timeout or a deadline, unless that is what you want.',
    });
  return problems;
}

function retryProblems(values: LinkValues): KindProblem[] {
  const { retries, attempts, backoffBaseMs, backoffCapMs, deadlineMs } = values;
  if (retries === 'off') return [];
  const problems: KindProblem[] = [];
  if (!values.retryTimeouts && !values.retryRefusals && !values.retryErrors)
    problems.push({
      severity: 'error',
      code: 'retries-on-nothing',
      path: 'retries',
      message: 'Calls are to be retried, but after no sort of failure.',
      remedy: 'Choose at least one sort of failure, or switch retries off.',
    });
  if (retries === 'backoff' && backoffCapMs < backoffBaseMs)
    problems.push({
      severity: 'error',
      code: 'backoff-cap-below-base',
      path: 'backoffCapMs',
      message: `The longest wait of ${formatDuration(backoffCapMs)} is shorter than the first one, ${formatDuration(backoffBaseMs)}.`,
      remedy: 'Raise the longest wait, or lower the first.',
    });
  const waits = retries === 'drawn' ? (distributionMeanMs(values.retryDelay) ?? 1) > 0 : backoffBaseMs > 0;
  if (attempts === null && !waits)
    problems.push({
      severity: 'error',
      code: 'retries-without-end',
      path: 'attempts',
      message: 'Attempts without end and without a wait: a call that keeps failing at once would be made for ever, and no time would pass.',
      remedy: 'Limit the attempts, or wait between them.',
    });
  const least = retries === 'drawn' ? 0 : values.backoffJitter === 'full' ? 0 : values.backoffJitter === 'equal' ? backoffBaseMs / 2 : backoffBaseMs;
  if (deadlineMs !== null && least >= deadlineMs)
    problems.push({
      severity: 'warning',
      code: 'no-time-to-retry',
      path: 'deadlineMs',
      message: `The deadline of ${formatDuration(deadlineMs)} is over before the first wait of ${formatDuration(least)}: no call is ever retried.`,
      remedy: 'Lengthen the deadline, or shorten the first wait.',
    });
  return problems;
}

function hedgeProblems({ hedging, hedgeCopies, hedgeAfterMs, timeoutMs }: LinkValues): KindProblem[] {
  if (hedging === 'off') return [];
  if (hedgeCopies < 2)
    return [
      {
        severity: 'error',
        code: 'hedge-without-copies',
        path: 'hedgeCopies',
        message: 'Hedging with one copy sends nothing beside the first request.',
        remedy: 'Allow two copies or more, or switch hedging off.',
      },
    ];
  if (hedging === 'delay' && timeoutMs !== null && hedgeAfterMs >= timeoutMs)
    return [
      {
        severity: 'warning',
        code: 'hedge-after-timeout',
        path: 'hedgeAfterMs',
        message: `A copy would be sent after ${formatDuration(hedgeAfterMs)}, but the caller gives up after ${formatDuration(timeoutMs)}: no call is ever hedged.`,
        remedy: 'Send the copy sooner, or lengthen the timeout.',
      },
    ];
  return [];
}

function breakerProblems({ breaker, breakerProbes: probes, breakerOpenMs }: LinkValues): KindProblem[] {
  if (breaker === 'off') return [];
  const problems: KindProblem[] = [];
  const never = (path: string, message: string, remedy: string): void => {
    problems.push({ severity: 'error', code: 'breaker-never-closes', path, message, remedy });
  };
  if (probes === 0) never('breakerProbes', 'A breaker that lets no probe through can never close again once it is open.', 'Let at least one probe through.');
  if (breakerOpenMs === null)
    never('breakerOpenMs', 'A breaker that stays open for ever can never close again.', 'Say how long it stays open before it lets probes through.');
  return problems;
}
