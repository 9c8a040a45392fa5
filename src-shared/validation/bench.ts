import { describeProblem } from '../base/problem';
import { invariant } from '../base/result';
import type { Session } from '../run/session';
import { createSession } from '../run/session';
import { POLICY_WORKLOADS } from './bench-policies';
import { BENCH_WORKLOADS } from './bench-projects';
import { DESIGN_ID } from './draft';

/** One line of the speed comparison: `n` customers completed in `wall` seconds, with the mean and 99th percentile of their time in ms. */
export interface BenchResult {
  readonly engine: 'ours';
  readonly w: string;
  readonly n: number;
  readonly wall: number;
  readonly events: number;
  readonly mean: number;
  readonly p99: number;
}

/** Events between two looks of a host at its other duties. */
const SLICE = 65_536;

/**
 * Runs a workload, as any project is run, from an empty system until `customers` requests have completed. Compiling the project is
 * not timed, everything from the first event on is: also what the just-in-time compiler needs. `now` gives wall time in ms.
 */
export function runBench(workloadId: string, customers: number, seed: number, now: () => number): BenchResult {
  const workload = [...BENCH_WORKLOADS, ...POLICY_WORKLOADS].find(({ id }) => id === workloadId);
  invariant(workload !== undefined, `there is a workload ${workloadId}`);
  const expectedMs = customers / workload.ratePerMs;
  const made = createSession(workload.project({ seed, durationMs: 2 * expectedMs + 10_000 }), DESIGN_ID);
  invariant(made.ok, made.ok ? '' : made.error.map(describeProblem).join(' '));
  const session = made.value;
  let wall = 0;
  const timed = (step: () => void): void => {
    const begun = now();
    step();
    wall += now() - begun;
  };
  // Ever closer to the instant at which the last customer is through, as long as enough are missing, then request by request to the very one.
  const missing = (): number => customers - (session.result().endToEnd.metrics.completed ?? 0);
  let ahead = customers;
  for (let rest = ahead - Math.ceil(6 * Math.sqrt(ahead)); rest > 0; rest = ahead - Math.ceil(6 * Math.sqrt(ahead))) {
    timed(() => {
      session.breakAt(session.simulatedMs() + rest / workload.ratePerMs);
      untilBreak(session);
    });
    ahead = missing();
  }
  timed(() => {
    for (let request = 0; request < ahead; request++) {
      session.breakAtRequest();
      untilBreak(session);
    }
  });
  const { completed, latencyMeanMs, latencyP99Ms } = session.result().endToEnd.metrics;
  return {
    engine: 'ours',
    w: workloadId,
    n: completed ?? 0,
    wall: wall / 1000,
    events: session.events(),
    mean: latencyMeanMs ?? Number.NaN,
    p99: latencyP99Ms ?? Number.NaN,
  };
}

function untilBreak(session: Session): void {
  while (session.advance(SLICE) === 'running');
}

/** The table over all workloads; `bytes` is the memory that the host measured after each. */
export function describeBench(results: readonly { readonly result: BenchResult; readonly bytes?: number }[]): readonly string[] {
  const heading = ['workload', 'customers', 'wall s', 'customers/s', 'events/s', 'mean ms', 'expected', 'p99 ms', 'memory MB'];
  const rows = results.map(({ result: { w, n, wall, events, mean, p99 }, bytes }) => [
    w,
    String(n),
    wall.toFixed(2),
    grouped(n / wall),
    grouped(events / wall),
    mean.toFixed(3),
    BENCH_WORKLOADS.find(({ id }) => id === w)?.meanMs.toFixed(3) ?? '',
    p99.toFixed(2),
    bytes === undefined ? '' : (bytes / 1e6).toFixed(0),
  ]);
  const widths = heading.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  return [heading, ...rows].map((row) =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  '),
  );
}

/** A whole number with its thousands apart: `12,345`. */
function grouped(value: number): string {
  return String(Math.round(value)).replace(/\B(?=(?:\d{3})+$)/g, ',');
}
