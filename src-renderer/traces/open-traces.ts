import type { FailureReason } from '../../src-shared/engine/metrics';
import { showDockTab } from '../results/dock-store';
import { type TraceWish, wishStore } from './trace-wish';

function open(wish: TraceWish): void {
  wishStore.setState({ wish });
  showDockTab('traces');
}

/** Opens the page of traces at the slowest request that ended in the chart interval about an instant (simulated ms of the first replication). */
export function openTracesAt(simulatedMs: number): void {
  open({ type: 'at', simulatedMs });
}

/** Opens the page of traces at the completed request whose latency (ms) is nearest to this one. */
export function openTracesNear(latencyMs: number): void {
  open({ type: 'near', latencyMs });
}

/** Opens the page of traces at a request that failed for a reason. */
export function openTracesFailed(reason: FailureReason): void {
  open({ type: 'failed', reason });
}
