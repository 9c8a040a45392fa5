import { formatDuration, formatNumber, formatShare } from '../base/format';
import { correlationBound } from '../base/statistics/lag-correlation';
import type { RunResult } from '../run/result';

/** Whether neighbouring batches of a single replication depend on each other so much that its intervals are too narrow. */
export function batchesDepend({ batches }: Pick<RunResult, 'batches'>): boolean {
  return batches !== undefined && batches.lagCorrelation !== null && batches.lagCorrelation > correlationBound(batches.count);
}

/** How the intervals of a result came about, and how far they can be trusted. */
export function intervalText(result: Pick<RunResult, 'batches' | 'replications' | 'settings'>): string {
  const { batches, replications, settings } = result;
  const level = formatShare(settings.confidence);
  if (replications > 1)
    return `Numbers are means over ${replications} replications; ± is the half-width of the ${level} interval (Student-t over the replications). Percentiles are of the requests of all replications together.`;
  if (batches === undefined)
    return 'One replication, whose load changes, in which something fails, or which is too short to be cut into batches: there are no intervals. Several replications give some.';
  const how = `One replication: ± is the half-width of the ${level} interval over ${batches.count} batches of ${formatDuration(batches.durationMs)} of its window (batch means).`;
  if (batchesDepend(result))
    return `${how} Neighbouring batches depend on each other (correlation ${formatNumber(batches.lagCorrelation ?? 0, 2)}), so that it is too narrow: a longer run or several replications are surer.`;
  return `${how} Several replications are surer.`;
}
