import { describe, expect } from 'vitest';
import { DEFAULT_TRACE_OPTIONS } from '../../src-shared/protocol/trace';
import type { RunResult } from '../../src-shared/run/result';
import { createTraceRun } from '../../src-shared/run/traces';
import { ABOUT_DATA, claim, everythingIsClaimed, SEEDS, within } from './example-claim';
import { openExample, read, runExample } from './example-runs';

describe('copies of a database', () => {
  const id = 'replicated-database';
  const run = (design: 'asynchronous' | 'synchronous', seed: number, ...set: string[]): RunResult => runExample(id, design, { seed, set });
  const operation = (result: RunResult, name: string) => result.operations.find((row) => row.operation === name);

  claim(id, 'A shop reads from the followers of a database with three copies, 40 ms apart; its primary is lost for 20 s', () => {
    for (const { components, faults } of openExample(id).designs) {
      expect(components.find((part) => part.id === 'orders')?.params).toMatchObject({
        copies: 3,
        readFrom: 'followers',
        copyDelay: { type: 'fit', p50Ms: 40 },
      });
      expect(faults).toMatchObject([{ target: 'orders', instance: 0, effect: { type: 'crash' }, timing: { type: 'once', atMs: 30_000, lastsMs: 20_000 } }]);
    }
  });
  claim(
    id,
    'Asynchronous: one view in ten is stale, half of those by less than 50 ms, and the crash loses orders of the last tenth of a second that had been acknowledged',
    () => {
      for (const seed of SEEDS) {
        const result = run('asynchronous', seed);
        within(operation(result, 'view')?.metrics.staleShare ?? 0, 0.08, 0.12);
        expect(operation(result, 'view')?.metrics.staleAgeP50Ms).toBeLessThan(50);
        within(read(result, 'orders.lostWrites'), 0.5, 10);
        within(read(result, 'orders.recoveryPointMs'), 1, 100);
      }
    },
  );
  claim(id, 'Synchronous: no order is lost and fewer views are stale, but an order takes 80 to 90 ms longer', () => {
    for (const seed of SEEDS) {
      const [fast, safe] = [run('asynchronous', seed), run('synchronous', seed)];
      expect(read(safe, 'orders.lostWrites')).toBe(0);
      expect(operation(safe, 'view')?.metrics.staleShare).toBeLessThan(0.5 * (operation(fast, 'view')?.metrics.staleShare ?? 0));
      within((operation(safe, 'order')?.metrics.latencyMeanMs ?? 0) - (operation(fast, 'order')?.metrics.latencyMeanMs ?? 0), 80, 90);
    }
  });
  claim(id, 'Either way orders fail for three to five seconds, until a follower has missed the heartbeats and been elected', () => {
    for (const seed of SEEDS)
      for (const design of ['asynchronous', 'synchronous'] as const) {
        const result = run(design, seed);
        const promotion = result.journal.find(({ type }) => type === 'promotion');
        within((promotion?.atMs ?? 0) - 30_000, 2500, 5000);
        within(read(result, 'orders.withoutPrimaryMs'), 2500, 5000);
        expect(operation(result, 'order')?.failures['no-primary']).toBeGreaterThan(200);
      }
  });
  claim(
    id,
    'When the old primary is back at 50 s it answers views while it catches up: the page Traces keeps such requests, stale by more than ten seconds',
    () => {
      for (const design of ['asynchronous', 'synchronous']) {
        const traced = createTraceRun(openExample(id), design, { ...DEFAULT_TRACE_OPTIONS, warmUpMs: 5000 });
        if (!traced.ok) throw new Error('The example has errors.');
        while (traced.value.advance(1_000_000));
        const stale = traced.value.traces().traces.filter(({ picks }) => picks.includes('stale'));
        expect(stale.length).toBe(DEFAULT_TRACE_OPTIONS.stale);
        for (const { staleNs = 0, beginNs, spans } of stale) {
          expect(staleNs).toBeGreaterThan(10e9);
          expect(beginNs).toBeGreaterThan(50e9);
          expect(spans.find((span) => span.staleNs === staleNs)).toMatchObject({ kind: 'visit', componentId: 'orders', instance: 0 });
        }
      }
    },
  );
  claim(id, 'Read from the primary instead, and no view is stale', () => {
    for (const design of ['asynchronous', 'synchronous'] as const)
      expect(operation(run(design, 1, 'orders.readFrom=primary'), 'view')?.metrics.staleShare).toBe(0);
  });

  for (const example of ABOUT_DATA) everythingIsClaimed(example);
});
