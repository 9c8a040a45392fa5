import { formatNumber, formatShare } from '../base/format';
import type { Finding, RunResult } from './result';

/** Backlog that must have grown in the measured window before a part is called unstable, in requests and as a share of what was offered. */
const GROWTH_REQUESTS = 50;
const GROWTH_SHARE = 0.02;
const SATURATED = 0.95;
/** Fewer requests than this leave too few beyond the 99th percentile to place it. */
const ENOUGH_FOR_P99 = 1000;

/** What the user should know about a run beyond its numbers. `growth`: by component, growth of the number present; `standsStill`: simulated time did not go on. */
export function findingsOf(result: Omit<RunResult, 'findings' | 'objectives'>, growth: ArrayLike<number>, standsStill: boolean): Finding[] {
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
  if (offered > 0 && completed === 0)
    findings.push({
      severity: 'error',
      code: 'no-completions',
      message: 'No request was completed in the measured window.',
      remedy: 'Lengthen the run, or look at the failures of each part.',
    });
  else if (completed > 0 && completed * result.replications < ENOUGH_FOR_P99)
    findings.push({
      severity: 'info',
      code: 'too-short',
      message: `Percentiles rest on ${formatNumber(completed * result.replications, 4)} requests: p99 and beyond are uncertain.`,
      remedy: `Measure at least ${ENOUGH_FOR_P99} requests: lengthen the run or add replications.`,
    });
  if (result.settings.warmUpMs === 'auto' && result.warmUpMs >= result.settings.durationMs / 2)
    findings.push({
      severity: 'warning',
      code: 'warm-up-too-long',
      message: 'No end of the transient was found in the first half of the run; half of it was left out.',
      remedy: 'Lengthen the run. If that does not help, the system is not in a steady state: load changes, or a part is unstable.',
    });
  return findings;
}
