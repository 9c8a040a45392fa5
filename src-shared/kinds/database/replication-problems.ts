import { distributionMeanMs } from '../distribution-moments';
import { distributionProblems } from '../distribution-problems';
import type { KindProblem } from '../kind';
import type { ParamValues } from '../params';
import type { replicationParams } from './replication-params';

/** What is wrong with the copies of a database: heartbeats that come too seldom, too few copies to elect. */
export function replicationProblems(values: ParamValues<typeof replicationParams>): KindProblem[] {
  if (values.copies < 2) return [];
  const problems: KindProblem[] = [...distributionProblems(values.copyDelay, 'copyDelay', 'forbid-request')];
  const delay = distributionMeanMs(values.copyDelay) ?? 0;
  if (values.failureTimeoutMs <= values.heartbeatMs + delay)
    problems.push({
      severity: 'warning',
      code: 'timeout-below-heartbeat',
      path: 'failureTimeoutMs',
      message: 'Followers suspect the primary before its next heartbeat can have come.',
      remedy: 'Make the failure timeout a few times as long as the heartbeat and the delay between copies together.',
    });
  if (values.failover === 'automatic' && values.copies === 2)
    problems.push({
      severity: 'warning',
      code: 'no-majority-of-two',
      path: 'copies',
      message: 'With two copies one alone is no majority: when either is gone nobody can be elected.',
      remedy: 'Have three copies, or an odd number of them.',
    });
  return problems;
}
