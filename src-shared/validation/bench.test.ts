import { expect, test } from 'vitest';
import { designProblems } from '../project/problems';
import { describeBench, runBench } from './bench';
import { BENCH_WORKLOADS } from './bench-projects';
import { DESIGN_ID } from './draft';

let wall = 0;
const now = (): number => ++wall;

test.each(BENCH_WORKLOADS.map((workload) => [workload.id, workload] as const))(
  '%s is the workload it says, and ends with exactly the customers asked for',
  (id, workload) => {
    expect(designProblems(workload.project({ seed: 1, durationMs: 1000 }), DESIGN_ID).filter(({ severity }) => severity === 'error')).toEqual([]);
    const result = runBench(id, 60_000, 3, now);
    expect(result).toMatchObject({ engine: 'ours', w: id, n: 60_000 });
    expect(result.wall).toBeGreaterThan(0);
    // One queue at utilisation 0.9 wanders for long: its mean over so few customers is known to a fifth only.
    expect(Math.abs(result.mean / workload.meanMs - 1)).toBeLessThan(id === 'w1' ? 0.25 : 0.05);
    if (id === 'w3') expect(Math.abs(result.p99 / 41.6 - 1)).toBeLessThan(0.08);
  },
);

test('the table names every workload with its rates', () => {
  const [heading, row] = describeBench([{ result: { engine: 'ours', w: 'w1', n: 1000, wall: 0.5, events: 3000, mean: 10, p99: 46 }, bytes: 5e7 }]);
  expect(heading).toContain('customers/s');
  expect(row).toMatch(/w1 +1000 +0\.50 +2,000 +6,000 +10\.000 +10\.000 +46\.00 +50/);
});
