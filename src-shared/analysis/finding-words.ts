import { formatShare } from '../base/format';
import type { RunResult } from '../run/result';

/** What is said of a run without findings. Findings are about the run itself: requests that failed are told of here, so that nobody takes their absence for health. */
export function nothingFound({ endToEnd: { metrics } }: Pick<RunResult, 'endToEnd'>): string {
  const { failureShare = 0, offered = 0, completed = 0 } = metrics;
  if (offered === 0 && completed === 0)
    return 'No request came in the measured window, so that nothing can be told of the design: raise the load or lengthen the run.';
  const calm = 'No part grew without bound, and the simulator reached none of its own limits.';
  return failureShare > 0
    ? `${calm} ${formatShare(failureShare)} of the requests failed: the reasons stand with the results end to end.`
    : `Nothing unusual. ${calm}`;
}
