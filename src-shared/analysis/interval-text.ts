import { formatDuration, formatNumber, formatShare } from '../base/format';
import { correlationBound } from '../base/statistics/lag-correlation';
import type { RunResult, WithoutBatches } from '../run/result';

const WHY: Readonly<Record<WithoutBatches, string>> = {
  changes: ', since its load or its size changes with time and no part of it stands for the whole',
  faults: ', since something fails in it and no part of it stands for the whole',
  short: ', since it is too short, or has too few points, to be cut into batches',
};

/** How the intervals of a result came about, and how far they can be trusted. */
export function intervalText(result: Pick<RunResult, 'batches' | 'noBatches' | 'replications' | 'settings'>): string {
  const { batches, noBatches, replications, settings } = result;
  const level = formatShare(settings.confidence);
  if (replications > 1)
    return `Numbers are means over ${replications} replications; ± is the half-width of the ${level} interval (Student-t over the replications). Percentiles are of the requests of all replications together.`;
  if (batches === undefined) return `One replication: no intervals${noBatches === undefined ? '' : WHY[noBatches]}. Several replications give some.`;
  const how = `One replication: ± is the half-width of the ${level} interval over ${batches.count} batches of ${formatDuration(batches.durationMs)} of its window (batch means).`;
  const correlation = batches.lagCorrelation ?? 0;
  if (correlation > correlationBound(batches.count))
    return `${how} Neighbouring batches depend on each other (correlation ${formatNumber(correlation, 2)}), so that it is too narrow: a longer run or several replications are surer.`;
  return `${how} Several replications are surer.`;
}
