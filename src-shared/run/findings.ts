import { formatDuration, formatNumber, formatShare } from '../base/format';
import { isTooFew, samplesBeyond, samplesNeeded } from '../base/statistics/percentile-samples';
import { FAILURE_REASONS, FAILURE_TITLES } from '../engine/metrics';
import type { Finding, Measured, ObjectiveVerdict, RunResult } from './result';
import { runTransient } from './run-transient';

/** Backlog that must have grown in the measured window before a part is called unstable, in requests and as a share of what was offered. */
const GROWTH_REQUESTS = 50;
const GROWTH_SHARE = 0.02;
const SATURATED = 0.95;
/** Percentiles that every result has, from the nearest to the farthest out. */
const PERCENTILES = [
  { title: 'p95', share: 0.95, metric: 'latencyP95Ms' },
  { title: 'p99', share: 0.99, metric: 'latencyP99Ms' },
  { title: 'p99.9', share: 0.999, metric: 'latencyP999Ms' },
] as const;
/** Share by which a transient that is not left out changes the mean number in flight, from which it is warned of. */
const BIAS_WARNED = 0.05;

/** Words in a row: `a, b and c`. */
function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

/** Percentiles end to end that too few of the measured requests lie beyond. */
function shortOfSamples(measured: number): Finding[] {
  const short = PERCENTILES.filter(({ share }) => isTooFew(measured, share));
  const farthest = short.at(-1);
  if (farthest === undefined) return [];
  const needed = samplesNeeded(farthest.share);
  const beyond = short.map(({ share }) => formatNumber(samplesBeyond(measured, share), 2));
  return [
    {
      // p99.9 needs ten thousand requests: not worth a warning where nothing more is uncertain.
      severity: short.length > 1 ? 'warning' : 'info',
      code: 'too-short',
      message: `Too few requests for ${listed(short.map(({ title }) => title))} end to end: of ${formatNumber(measured, 7)} completed, only ${listed(beyond)} lie beyond.`,
      remedy: `Ten beyond a percentile are needed to place it to about a third of that share: ${formatNumber(needed, 7)} requests for ${farthest.title}. Lengthen the run or add replications.`,
    },
  ];
}

/** A fixed warm-up that ends before the transient does, where that matters to the means. */
function shortWarmUp(result: Omit<RunResult, 'findings' | 'objectives'>): Finding[] {
  const transient = result.settings.warmUpMs === 'auto' ? null : runTransient(result);
  if (transient === null || transient.verdict !== 'biased' || transient.bias === null) return [];
  const { endMs, bias } = transient;
  return [
    {
      severity: Math.abs(bias) < BIAS_WARNED ? 'info' : 'warning',
      code: 'warm-up-too-short',
      message: `The transient seems to last until ${formatDuration(endMs)} (MSER-5), the warm-up only until ${formatDuration(result.warmUpMs)}: the mean number in flight is ${formatShare(Math.abs(bias))} too ${bias < 0 ? 'low' : 'high'} for it.`,
      remedy: `Set the warm-up to ${formatDuration(endMs)} or more, or let it be found in each run.`,
    },
  ];
}

/** Nothing was completed: because everything failed, and mostly why, or because nothing ended. */
function noCompletions({ endToEnd: { failures } }: Pick<RunResult, 'endToEnd'>): Finding {
  const [most] = FAILURE_REASONS.filter((reason) => (failures[reason] ?? 0) > 0).sort((one, other) => (failures[other] ?? 0) - (failures[one] ?? 0));
  return {
    severity: 'error',
    code: 'no-completions',
    message: `No request was completed in the measured window${most === undefined ? '' : `: every one that ended failed, most of them by “${FAILURE_TITLES[most]}”`}.`,
    remedy:
      most === undefined
        ? 'Lengthen the run: no request ended in it.'
        : 'Look at a trace of a request that failed, and at the failures of each part and link in the table.',
  };
}

/** The row that an objective is about. */
function rowOf({ scope, subject, operation }: ObjectiveVerdict, result: Omit<RunResult, 'findings' | 'objectives'>): Measured | undefined {
  if (scope === 'end-to-end') return result.endToEnd;
  return scope === 'component'
    ? result.components.find(({ id }) => id === subject)
    : result.operations.find((row) => row.clientId === subject && row.operation === operation);
}

/** Objectives about percentiles that too few of the requests lie beyond: their verdict hangs on a handful of requests. */
function objectivesShortOfSamples(objectives: readonly ObjectiveVerdict[], result: Omit<RunResult, 'findings' | 'objectives'>): Finding[] {
  return objectives.flatMap((objective): Finding[] => {
    const percentile = PERCENTILES.find(({ metric }) => metric === objective.measure);
    const completed = rowOf(objective, result)?.metrics.completed ?? 0;
    const measured = completed * result.replications;
    if (percentile === undefined || measured === 0 || !isTooFew(measured, percentile.share)) return [];
    return [
      {
        severity: 'warning',
        code: 'too-short',
        message: `Objective “${objective.name}” asks for ${percentile.title}, and of ${formatNumber(measured, 7)} completed requests only ${formatNumber(samplesBeyond(measured, percentile.share), 2)} lie beyond it: its verdict is a matter of chance.`,
        remedy: `Measure ${formatNumber(samplesNeeded(percentile.share), 7)} requests or more: lengthen the run or add replications.`,
      },
    ];
  });
}

/** What the user should know about a run beyond its numbers. `growth`: by component, growth of the number present; `standsStill`: simulated time did not go on. */
export function findingsOf(
  result: Omit<RunResult, 'findings' | 'objectives'>,
  growth: ArrayLike<number>,
  standsStill: boolean,
  objectives: readonly ObjectiveVerdict[] = [],
): Finding[] {
  const findings: Finding[] = [];
  if (standsStill)
    findings.push({
      severity: 'error',
      code: 'standstill',
      message: `The run ended at ${formatNumber(result.simulatedMs / 1000)} s of simulated time: requests went round without taking any time, so that time stood still.`,
      remedy: 'Give users a time to think, retries a wait, or links a latency: something that is refused at once is asked for again at once.',
    });
  else if (result.ended === 'limit')
    findings.push({
      severity: 'error',
      code: 'in-flight-limit',
      message: `The run ended at ${formatNumber(result.simulatedMs / 1000)} s of simulated time: more requests were in flight at once than the simulator keeps.`,
      remedy: 'Requests arrive faster than they are served. Lower the load, add capacity, or set queue limits.',
    });
  for (const [index, component] of result.components.entries()) {
    const { utilisation = 0, offered = 0 } = component.metrics;
    const grown = growth[index] ?? 0;
    if (utilisation < SATURATED || grown < Math.max(GROWTH_REQUESTS, GROWTH_SHARE * offered)) continue;
    findings.push({
      severity: 'warning',
      code: 'unstable',
      componentId: component.id,
      message: `${component.name} is unstable: it is ${formatShare(utilisation)} busy and its backlog grew by ${formatNumber(grown)} requests. Its means depend on how long the run is.`,
      remedy: 'Give it more replicas or servers, a shorter service time, less load, or a queue limit.',
    });
  }
  const { completed = 0, offered = 0 } = result.endToEnd.metrics;
  if (offered > 0 && completed === 0) findings.push(noCompletions(result));
  else if (completed > 0) findings.push(...shortOfSamples(completed * result.replications));
  findings.push(...objectivesShortOfSamples(objectives, result), ...shortWarmUp(result));
  if (result.settings.warmUpMs === 'auto' && result.warmUpMs >= result.settings.durationMs / 2)
    findings.push({
      severity: 'warning',
      code: 'warm-up-too-long',
      message: 'No end of the transient was found in the first half of the run; half of it was left out.',
      remedy: 'Lengthen the run. If that does not help, the system is not in a steady state: load changes, or a part is unstable.',
    });
  return findings;
}
