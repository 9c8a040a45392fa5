import { formatNumber, formatRate } from '../base/format';
import type { Problem } from '../base/problem';
import { estimateLoads } from './load-problems';
import type { Topology, Wire } from './topology';
import { quote } from './words';

/** Load of a part when no call is answered in time, so that every caller makes all its attempts. */
export interface RetryLoad {
  /** Requests per second without retries, and with all of them. */
  readonly usualPerS: number;
  readonly worstPerS: number;
  /** Requests per second that the part can serve. */
  readonly capacityPerS: number;
  /** Usual load above which a disturbance can turn into a storm that feeds itself: the part cannot serve what all attempts make of it. */
  readonly vulnerableAbovePerS: number;
}

/**
 * Loads with all retries, by the id of the part, for parts that they make a difference to. A storm is vulnerable when capacity /
 * attempts < load < capacity (N. Bronson et al., "Metastable Failures in Distributed Systems", HotOS 2021).
 */
export function retryLoads(topology: Topology): Map<string, RetryLoad> {
  const found = new Map<string, RetryLoad>();
  if (topology.wires.every((wire) => attemptsInVain(wire) === 1)) return found;
  const usual = estimateLoads(topology);
  for (const [id, worst] of estimateLoads(topology, attemptsInVain)) {
    const part = topology.parts.get(id);
    const servers = part?.kind.estimate?.capacity?.(part.values as never, topology.ladder).servers;
    const load = usual.get(id);
    if (part === undefined || servers === undefined || load === undefined || worst.perS <= load.perS || !(load.busy > 0)) continue;
    const capacityPerS = (load.perS / load.busy) * servers;
    found.set(id, { usualPerS: load.perS, worstPerS: worst.perS, capacityPerS, vulnerableAbovePerS: (capacityPerS * load.perS) / worst.perS });
  }
  return found;
}

/** Parts that have enough capacity for their load, but not for what timeouts and retries can make of it. */
export function retryStormProblems(topology: Topology): Problem[] {
  return [...retryLoads(topology)].flatMap(([id, { usualPerS, worstPerS, capacityPerS, vulnerableAbovePerS }]): Problem[] => {
    const name = topology.parts.get(id)?.component.name ?? id;
    if (usualPerS >= capacityPerS || worstPerS <= capacityPerS) return [];
    return [
      {
        severity: 'warning',
        code: 'retry-storm-possible',
        recordId: id,
        message: `A retry storm is possible: ${quote(name)} gets ${formatRate(usualPerS)} and can serve ${formatRate(capacityPerS)}, but ${
          Number.isFinite(worstPerS) ? `${formatRate(worstPerS)} (${formatNumber(worstPerS / usualPerS)} times as much)` : 'more without end'
        } when every call times out and is made again. Above ${formatRate(vulnerableAbovePerS)} a disturbance can outlive its cause.`,
        remedy:
          'Give the retries a budget, allow fewer attempts, cancel abandoned work, or give the part more capacity, unless the storm is what you want to see.',
      },
    ];
  });
}

/** Times that a call of a link is made when no answer comes in time and the far end serves the abandoned attempts all the same. */
function attemptsInVain({ values, forward }: Wire): number {
  const { retries, attempts, retryTimeouts, retryBudget, timeoutMs, cancelAbandoned } = values;
  if (forward || retries === 'off' || retryTimeouts !== true || timeoutMs === null || cancelAbandoned === true) return 1;
  const most = typeof attempts === 'number' ? attempts : Number.POSITIVE_INFINITY;
  return typeof retryBudget === 'number' ? Math.min(most, 1 + retryBudget) : most;
}
