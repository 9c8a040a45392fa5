import { formatShare } from '../base/format';
import type { RunResult } from '../run/result';

/** What is said of a run without findings. Findings are about the run itself: requests that failed are told of here, so that nobody takes their absence for health. */
export function nothingFound({ endToEnd: { metrics } }: Pick<RunResult, 'endToEnd'>): string {
  const { failureShare = 0 } = metrics;
  const calm = 'No part grew without bound, and the simulator reached none of its own limits.';
  return failureShare > 0
    ? `${calm} ${formatShare(failureShare)} of the requests failed: the reasons stand with the results end to end.`
    : `Nothing unusual. ${calm}`;
}
