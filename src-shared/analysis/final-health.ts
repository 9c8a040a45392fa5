import type { Measured } from '../run/result';
import { type HealthVerdict, judgeHealth } from './health';

/** How a link did over the measured window. It answers for what it lost or had no room for, not for what went wrong behind it. */
export function judgeLink({ metrics, failures }: Pick<Measured, 'metrics' | 'failures'>): HealthVerdict {
  const calls = metrics.callRate ?? 0;
  const window = calls > 0 ? (metrics.offered ?? 0) / calls : 0;
  const failed = window > 0 ? ((failures['link-lost'] ?? 0) + (failures['link-full'] ?? 0)) / window : 0;
  return judgeHealth({
    offered: calls,
    completed: Math.max(0, calls - failed),
    failed,
    utilisation: metrics.utilisation,
    present: metrics.inSystemMean,
  });
}

/** How a component did over the measured window; `unstable`: a finding says that its queue grew without bound. */
export function judgePart({ metrics }: Pick<Measured, 'metrics'>, unstable: boolean): HealthVerdict {
  const { offered = 0, completed = 0, failed = 0, throughput = 0, utilisation, inSystemMean } = metrics;
  const windowS = throughput > 0 ? completed / throughput : Number.NaN;
  return judgeHealth({
    offered,
    completed,
    failed,
    utilisation,
    present: inSystemMean,
    backlogS: inSystemMean === undefined ? undefined : (inSystemMean * windowS) / (completed + failed),
    unstable,
  });
}
