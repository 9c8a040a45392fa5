import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compile } from '../compile/compile';
import { checkCore } from '../engine/checks';
import { createEngine } from '../engine/engine';
import {
  N_ACTIVE,
  N_BUSY,
  N_HELD,
  N_PRESENT,
  N_QUEUED,
  N_STARTING,
  NODE,
  S_BUSY_AREA,
  S_CAPACITY_AREA,
  S_QUEUE_AREA,
  S_SETUP_AREA,
  STATS,
} from '../engine/layout';
import { takeSnapshot } from '../engine/snapshot';
import { disciplineChoices } from '../kinds/service/service-params';
import type { Fault } from '../project/fault';
import type { Project } from '../project/project';
import { simulate } from '../run/simulate';
import { DESIGN_ID, draft, type LinkValues, type ServiceValues } from './draft';

/** Goal: whatever a station does to its requests, none is lost or counted twice. Method: random stations under random load and faults. */
const some = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(value, { nil: null, freq: 1 });
const milliseconds = (max: number): fc.Arbitrary<number> => fc.integer({ min: 0, max: max * 10 }).map((value) => value / 10);
const exponential = (max: number) => milliseconds(max).map((meanMs) => ({ type: 'exponential' as const, meanMs: meanMs + 0.1 }));

const serviceArbitrary: fc.Arbitrary<ServiceValues> = fc
  .record({
    replicas: fc.integer({ min: 1, max: 2 }),
    servers: fc.integer({ min: 1, max: 4 }),
    serviceTime: exponential(12),
    discipline: fc.constantFrom(...disciplineChoices.map(({ value }) => value)),
    queueLimit: some(fc.integer({ min: 0, max: 30 })),
    machine: some(fc.constantFrom('vcpu-1', 'vcpu-2', 'vcpu-8')),
    contention: fc.constantFrom(0, 0, 0.2),
    coherency: fc.constantFrom(0, 0, 0.01),
    concurrency: fc.constantFrom('servers' as const, 'threads' as const, 'event-loop' as const, 'actor' as const),
    threads: fc.integer({ min: 1, max: 20 }),
    whileCalling: fc.constantFrom('hold' as const, 'release' as const),
    calls: fc.constantFrom('sequence' as const, 'parallel' as const),
    failureShare: fc.constantFrom(0, 0.2),
    patience: some(exponential(40)),
    limiter: fc.constantFrom('off' as const, 'token-bucket' as const, 'sliding-window' as const),
    limitPerS: fc.constantFrom(20, 120),
    limitBurst: fc.integer({ min: 1, max: 5 }),
    limitExcess: fc.constantFrom('reject' as const, 'delay' as const),
    windowRequests: fc.integer({ min: 1, max: 30 }),
    windowMs: fc.constantFrom(10, 200),
  })
  .chain((values) =>
    fc
      .record({
        shedding: fc.constantFrom('off' as const, 'priority' as const, 'codel' as const),
        shedFrom: fc.integer({ min: 0, max: 5 }),
        codelTargetMs: fc.constantFrom(1, 5),
        codelIntervalMs: fc.constantFrom(5, 50),
        onDemand: fc.boolean(),
        coldStart: exponential(60),
        keepAliveMs: fc.constantFrom(0, 20, 500),
        growth: fc.constantFrom('constant' as const, 'logarithmic' as const),
        dataSize: fc.constantFrom(1000, 1_000_000),
      })
      .map((more) => ({ ...values, ...more })),
  );

const linkArbitrary: fc.Arbitrary<LinkValues> = fc.record({
  timeoutMs: some(fc.constantFrom(5, 30)),
  propagateDeadline: fc.boolean(),
  cancelAbandoned: fc.boolean(),
});

const effectArbitrary: fc.Arbitrary<Fault['effect']> = fc.oneof(
  fc.record({ type: fc.constant('crash' as const), silent: fc.boolean(), restartMs: fc.constantFrom(0, 100) }),
  fc.constant({ type: 'pause' as const }),
  fc.record({ type: fc.constant('slow' as const), factor: fc.constantFrom(1.7, 4) }),
  fc.record({ type: fc.constant('errors' as const), share: fc.constantFrom(0.3, 1) }),
  fc.record({ type: fc.constant('resize' as const), machine: fc.constantFrom('vcpu-1', 'vcpu-4'), restartMs: fc.constantFrom(0, 50) }),
);

const projectArbitrary: fc.Arbitrary<Project> = fc
  .record({
    front: serviceArbitrary,
    back: serviceArbitrary,
    first: linkArbitrary,
    second: linkArbitrary,
    ratePerS: fc.constantFrom(30, 150, 600),
    faults: fc.array(fc.tuple(effectArbitrary, fc.constantFrom('front', 'back'), fc.integer({ min: 0, max: 1500 }), fc.integer({ min: 1, max: 700 })), {
      maxLength: 3,
    }),
    seed: fc.nat(1_000_000),
  })
  .map(({ front, back, first, second, ratePerS, faults, seed }) => {
    const parts = draft('Random stations');
    const operations = [1, 3].map((priority) => ({ name: `p${priority}`, weight: 1, type: 'read' as const, requestBytes: 0, responseBytes: 0, priority }));
    // Nothing is sent in the last part of the run, so that everything can end.
    parts.client('clients', { ratePerS, operations, stopMs: 1500 });
    parts.service('front', front);
    parts.service('back', back);
    parts.link('clients', 'front', { ...first, latency: { type: 'exponential', meanMs: 1 } });
    parts.link('front', 'back', second);
    parts.link('front', 'back', {});
    for (const [effect, target, atMs, lastsMs] of faults) parts.fault(target, effect, { type: 'once', atMs, lastsMs });
    return parts.build({ durationMs: 100_000, warmUpMs: 0, seed, requestLog: 200, seriesPoints: 200 });
  });

const RUNS = { numRuns: 80, seed: 20_240_607 };

test('requests are conserved, Little’s law holds, and nothing is left behind when the load has ended', () => {
  let runs = 0;
  fc.assert(
    fc.property(projectArbitrary, (project) => {
      const plan = compile(project, DESIGN_ID);
      if (!plan.ok) return;
      runs++;
      const engine = createEngine(plan.value);
      engine.reset(project.settings.seed, 0, 0);
      while (engine.run(1_000_000) === 'running');
      const { core, violations } = engine.observer;
      expect(violations).toEqual([]);
      const end = checkCore(core);
      expect(end.violations).toEqual([]);
      expect(end.worstResidual).toBeLessThan(1e-6);
      expect(core.pool.inUse).toBe(0);
      const { stats } = takeSnapshot(core);
      for (let node = 0; node < plan.value.nodes.length; node++) {
        for (const field of [N_PRESENT, N_QUEUED, N_HELD, N_ACTIVE, N_STARTING, N_BUSY])
          expect([node, field, core.nodes[node * NODE + field]]).toEqual([node, field, 0]);
        for (const area of [S_BUSY_AREA, S_QUEUE_AREA, S_CAPACITY_AREA, S_SETUP_AREA]) expect(stats[node * STATS + area]).toBeGreaterThanOrEqual(-1e-3);
      }
    }),
    RUNS,
  );
  // Nearly all of them are designs that may run.
  expect(runs).toBeGreaterThan(RUNS.numRuns / 2);
}, 120_000);

test('random stations give the same bytes again', () => {
  fc.assert(
    fc.property(projectArbitrary, (project) => {
      expect(JSON.stringify(simulate(project, DESIGN_ID))).toBe(JSON.stringify(simulate(project, DESIGN_ID)));
    }),
    { ...RUNS, numRuns: 12 },
  );
}, 120_000);
