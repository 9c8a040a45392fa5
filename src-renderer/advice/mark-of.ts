import type { BottleneckReading } from '../../src-shared/analysis/bottleneck';
import type { Resource } from '../../src-shared/analysis/resources';

/** As the bottleneck, as the busiest where nothing is used up yet, or not at all. */
export type MarkOf = 'bottleneck' | 'busiest' | null;

/** How a part or link is marked. A component and a link may have one id: the record says which of them is meant. */
export function markOf(bottleneck: BottleneckReading | undefined, record: Resource['record'], recordId: string): MarkOf {
  if (bottleneck === undefined || bottleneck.state === 'none') return null;
  if (bottleneck.resource?.record !== record || bottleneck.resource.recordId !== recordId) return null;
  return bottleneck.state === 'saturated' ? 'bottleneck' : 'busiest';
}
