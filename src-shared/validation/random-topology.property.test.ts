import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compile } from '../compile/compile';
import { createEngine } from '../engine/engine';
import { METRICS } from '../engine/metrics';
import type { Distribution } from '../kinds/distribution';
import type { Fault } from '../project/fault';
import { parseProject } from '../project/parse';
import type { Project } from '../project/project';
import { serializeProject } from '../project/serialize';
import type { Measured, RunResult } from '../run/result';
import { simulate } from '../run/simulate';
import { DESIGN_ID, draft, type LinkValues } from './draft';
import { buildTopology, type FaultValues, inStep, type PartValues, stopping } from './random-topology';
import { traceViolations } from './trace-violations';

const milliseconds = (max: number): fc.Arbitrary<number> => fc.integer({ min: 1, max: max * 100 }).map((value) => value / 100);

const distribution = (maxMs: number): fc.Arbitrary<Distribution> =>
  fc.oneof(
    milliseconds(maxMs).map((valueMs): Distribution => ({ type: 'constant', valueMs })),
    milliseconds(maxMs).map((meanMs): Distribution => ({ type: 'exponential', meanMs })),
    milliseconds(maxMs).map((meanMs): Distribution => ({ type: 'lognormal', meanMs, sigma: 1 })),
    milliseconds(maxMs).map((maxMs): Distribution => ({ type: 'uniform', minMs: 0, maxMs })),
    milliseconds(maxMs).map((meanMs): Distribution => ({ type: 'normal', meanMs, sdMs: meanMs })),
    fc.tuple(milliseconds(maxMs), fc.integer({ min: 1, max: 5 })).map(([meanMs, stages]): Distribution => ({ type: 'erlang', meanMs, stages })),
    milliseconds(maxMs).map((meanMs): Distribution => ({ type: 'gamma', meanMs, shape: 0.7 })),
    milliseconds(maxMs).map((scaleMs): Distribution => ({ type: 'weibull', scaleMs, shape: 0.8 })),
    milliseconds(maxMs).map((minMs): Distribution => ({ type: 'pareto', minMs, alpha: 2.5 })),
    milliseconds(maxMs).map(
      (meanMs): Distribution => ({
        type: 'hyperexponential',
        branches: [1, 3].map((part) => ({ probability: part / 4, meanMs: meanMs / part })),
      }),
    ),
    milliseconds(maxMs).map(
      (valueMs): Distribution => ({
        type: 'empirical',
        values: [1, 2].map((weight) => ({ valueMs: weight === 1 ? valueMs : 0, weight })),
      }),
    ),
    milliseconds(maxMs).map((p50Ms): Distribution => ({ type: 'fit', p50Ms, p99Ms: p50Ms * 4 })),
    fc.constant<Distribution>({ type: 'constant', valueMs: 0 }),
  );

const orNull = <T>(values: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(values, { nil: null, freq: 2 });

const clientArbitrary = fc.record({
  arrivals: fc.constantFrom('poisson' as const, 'constant' as const, 'renewal' as const, 'closed' as const),
  ratePerS: fc.integer({ min: 1, max: 400 }),
  shape: fc.constantFrom('constant' as const, 'ramp' as const, 'spike' as const, 'wave' as const),
  rampToPerS: fc.integer({ min: 0, max: 500 }),
  rampDurationMs: fc.constantFrom(1, 500, 5000),
  spikeStartMs: fc.constantFrom(0, 300, 5000),
  spikeDurationMs: fc.constantFrom(1, 200, 5000),
  wavePeriodMs: fc.constantFrom(10, 700),
  waveAmplitude: fc.constantFrom(0, 0.5, 1),
  interarrival: distribution(20).filter((value) => value.type !== 'constant' || value.valueMs > 0),
  users: fc.integer({ min: 1, max: 30 }),
  thinkTime: distribution(200).filter((value) => value.type !== 'constant' || value.valueMs > 0),
  startMs: fc.constantFrom(0, 0, 250),
  stopMs: orNull(fc.constantFrom(400, 900)),
  operations: fc.constantFrom(
    [{ name: 'view', weight: 1, type: 'read' as const, requestBytes: 0, responseBytes: 0, priority: 1 }],
    [
      { name: 'view', weight: 3, type: 'read' as const, requestBytes: 400, responseBytes: 9000, priority: 2, items: 3, itemSkew: 0.8 },
      { name: 'save', weight: 1, type: 'write' as const, requestBytes: 3000, responseBytes: 100, priority: 0, items: 3, itemSkew: 0.8 },
    ],
  ),
});

/** Replicas that come and go, often enough for a short run. */
const scalingArbitrary = fc.record({
  autoscaler: fc.constantFrom('utilisation' as const, 'in-flight' as const, 'queue' as const, 'schedule' as const),
  minimumReplicas: fc.constant(1),
  maximumReplicas: fc.constantFrom(4, 6),
  targetUtilisation: fc.constantFrom(0.1, 0.6, 0.95),
  targetInFlight: fc.constantFrom(0.5, 4),
  targetQueue: fc.constantFrom(0.1, 2),
  tolerance: fc.constantFrom(0, 0.1),
  decisionIntervalMs: fc.constantFrom(20, 130),
  metricDelayMs: fc.constantFrom(0, 0, 45),
  stepUp: fc.constantFrom(1, 4),
  stepDown: fc.constantFrom(1, 4),
  coolDownUpMs: fc.constantFrom(0, 60),
  coolDownDownMs: fc.constantFrom(0, 60),
  schedule: fc.constantFrom(
    [],
    [
      { atMs: 100, instances: 4 },
      { atMs: 300, instances: 1 },
      { atMs: 320, instances: 3 },
    ],
  ),
  startUp: distribution(40),
  drainMs: fc.constantFrom(0, 5, 300),
});

const jobArbitrary = fc.record({
  jobsAtOnce: fc.integer({ min: 1, max: 3 }),
  queueLimit: orNull(fc.integer({ min: 0, max: 10 })),
  serialTime: distribution(5),
  tasks: fc.integer({ min: 2, max: 5 }),
  work: fc.constantFrom('split' as const, 'each' as const, 'workers' as const),
  totalWorkMs: fc.constantFrom(0, 30),
  taskWork: distribution(5),
  tasksAtOnce: orNull(fc.constantFrom(1, 2)),
  dispatchMs: fc.constantFrom(0, 0, 0.7),
  waitFor: orNull(fc.constantFrom(1, 2)),
  rounds: fc.constantFrom(1, 1, 3),
  barrier: fc.oneof(fc.constant<Distribution>({ type: 'constant', valueMs: 0 }), distribution(3)),
  second: fc.constantFrom('none' as const, 'reduce' as const),
  shuffle: distribution(3),
  reduceTasks: fc.constantFrom(1, 3),
  reduceWork: distribution(3),
});

const fixedServiceArbitrary = fc.record({
  replicas: fc.integer({ min: 1, max: 4 }),
  servers: fc.integer({ min: 1, max: 4 }),
  spread: fc.constantFrom('round-robin' as const, 'random' as const, 'first' as const),
  serviceTime: fc.oneof({ arbitrary: distribution(15), weight: 9 }, { arbitrary: fc.constant<Distribution>({ type: 'request' }), weight: 1 }),
  discipline: fc.constantFrom(
    'fifo' as const,
    'lifo' as const,
    'lifo-preemptive' as const,
    'processor-sharing' as const,
    'priority' as const,
    'priority-preemptive' as const,
    'shortest-job' as const,
    'shortest-remaining' as const,
  ),
  queueLimit: orNull(fc.integer({ min: 0, max: 20 })),
  calls: fc.constantFrom('sequence' as const, 'parallel' as const),
  waitFor: orNull(fc.integer({ min: 1, max: 3 })),
  whileCalling: fc.constantFrom('release' as const, 'hold' as const),
  perOperation: fc.oneof(
    fc.constant([]),
    distribution(10).map((serviceTime) => [{ operation: 'save', serviceTime }]),
  ),
});

const serviceArbitrary = fc.oneof(
  { arbitrary: fixedServiceArbitrary, weight: 3 },
  { arbitrary: fc.tuple(fixedServiceArbitrary, scalingArbitrary).map(([values, scaling]) => ({ ...values, ...scaling })), weight: 1 },
);

const balancerArbitrary = fc.record({
  algorithm: fc.constantFrom('random' as const, 'round-robin' as const, 'least-connections' as const, 'power-of-d' as const),
  choices: fc.integer({ min: 1, max: 5 }),
  knows: fc.constantFrom('own-counts' as const, 'live' as const),
  replies: fc.constantFrom('proxy' as const, 'direct' as const),
});

const singleDatabaseArbitrary = fc.record({
  connections: fc.integer({ min: 1, max: 6 }),
  readTime: distribution(10),
  writeTime: distribution(10),
  queueLimit: orNull(fc.integer({ min: 0, max: 10 })),
});

/** Copies of the same data, whose primary is missed soon enough for a short run. */
const copiesArbitrary = fc.record({
  copies: fc.integer({ min: 2, max: 5 }),
  replication: fc.constantFrom('asynchronous' as const, 'semi-synchronous' as const, 'synchronous' as const, 'majority' as const),
  readFrom: fc.constantFrom('primary' as const, 'any' as const, 'followers' as const),
  copyDelay: distribution(8),
  applyShare: fc.constantFrom(0, 0.4, 1),
  failover: fc.constantFrom('automatic' as const, 'automatic' as const, 'none' as const),
  heartbeatMs: fc.constantFrom(15, 40),
  failureTimeoutMs: fc.constantFrom(60, 150),
  timeoutSpreadMs: fc.constantFrom(0, 80),
});

const databaseArbitrary = fc.oneof(
  { arbitrary: singleDatabaseArbitrary.map((values) => ({ ...values, copies: 1 })), weight: 1 },
  { arbitrary: fc.tuple(singleDatabaseArbitrary, copiesArbitrary).map(([values, copies]) => ({ ...values, ...copies })), weight: 2 },
);

/** How callers guard their calls: every policy, beside every other. */
const policyArbitrary: fc.Arbitrary<LinkValues> = fc.record({
  deadlineMs: orNull(fc.constantFrom(5, 40, 300)),
  propagateDeadline: fc.boolean(),
  cancelAbandoned: fc.boolean(),
  retries: fc.constantFrom('off' as const, 'backoff' as const, 'drawn' as const),
  attempts: fc.constantFrom(2, 3, null),
  retryTimeouts: fc.boolean(),
  retryRefusals: fc.constant(true),
  retryErrors: fc.boolean(),
  backoffBaseMs: fc.constantFrom(3, 20),
  backoffFactor: fc.constantFrom(1, 2),
  backoffCapMs: fc.constantFrom(20, 100),
  backoffJitter: fc.constantFrom('none' as const, 'equal' as const, 'full' as const),
  retryDelay: distribution(30).filter((value) => value.type !== 'constant' || value.valueMs > 0),
  retryBudget: orNull(fc.constantFrom(0, 0.1, 1)),
  retryBudgetBurst: fc.constantFrom(1, 10),
  hedging: fc.constantFrom('off' as const, 'off' as const, 'delay' as const, 'percentile' as const),
  hedgeAfterMs: fc.constantFrom(0, 3, 30),
  hedgePercentile: fc.constantFrom(0.5, 0.95),
  hedgeCopies: fc.constantFrom(2, 3),
  hedgeCancel: fc.boolean(),
  breaker: fc.constantFrom('off' as const, 'consecutive' as const, 'rate' as const),
  breakerFailures: fc.constantFrom(1, 4),
  breakerShare: fc.constantFrom(0.2, 0.6),
  breakerWindowMs: fc.constantFrom(1, 100),
  breakerMinimumCalls: fc.constantFrom(1, 10),
  breakerOpenMs: fc.constantFrom(2, 50),
  breakerProbes: fc.constantFrom(1, 3),
  bulkhead: orNull(fc.constantFrom(1, 8)),
  fallback: fc.boolean(),
});

const plainLinkArbitrary: fc.Arbitrary<LinkValues> = fc.record({
  mode: fc.constantFrom('call' as const, 'call' as const, 'forward' as const),
  probability: fc.constantFrom(1, 1, 0.5, 0.2, 0),
  weight: fc.constantFrom(1, 2, 0.5),
  timeoutMs: orNull(fc.constantFrom(1, 15, 200)),
  latency: distribution(5),
  replyLatency: orNull(distribution(5)),
  jitterMs: fc.constantFrom(0, 0, 2),
  bandwidthMbps: orNull(fc.constantFrom(1, 100)),
  bufferBytes: orNull(fc.constantFrom(1, 20_000)),
  loss: fc.constantFrom(0, 0, 0, 0.1, 1),
  lossDetectionMs: fc.constantFrom(0, 30),
  requestBytes: orNull(fc.constantFrom(0, 1000)),
  responseBytes: orNull(fc.constantFrom(0, 1000)),
});

const linkArbitrary: fc.Arbitrary<LinkValues> = fc
  .oneof({ arbitrary: fc.constant<LinkValues>({}), weight: 2 }, { arbitrary: policyArbitrary, weight: 1 })
  .chain((policy) => plainLinkArbitrary.map((values) => ({ ...values, ...policy })));

const faultArbitrary: fc.Arbitrary<FaultValues> = fc.record({
  target: fc.nat(),
  instance: orNull(fc.constantFrom(0, 0, 1)),
  ofStation: fc.oneof(
    fc.record({ type: fc.constant('crash' as const), silent: fc.boolean(), restartMs: fc.constantFrom(0, 20) }),
    fc.constant({ type: 'pause' as const }),
    fc.record({ type: fc.constant('slow' as const), factor: fc.constantFrom(1.5, 20) }),
    fc.record({ type: fc.constant('errors' as const), share: fc.constantFrom(0.3, 1) }),
    fc.record({ type: fc.constant('resize' as const), machine: fc.constantFrom('vcpu-1', 'vcpu-4', 'fast'), restartMs: fc.constantFrom(0, 30) }),
  ),
  ofLink: fc.oneof(
    fc.record({ type: fc.constant('latency' as const), addedMs: fc.constantFrom(1, 100) }),
    fc.record({ type: fc.constant('loss' as const), share: fc.constantFrom(0.2, 1) }),
    fc.record({ type: fc.constant('cut' as const), direction: fc.constantFrom('both' as const, 'requests' as const, 'replies' as const) }),
  ),
  surge: fc.constantFrom(0.1, 3),
  timing: fc.oneof(
    fc.record({ type: fc.constant('once' as const), atMs: fc.constantFrom(0, 150, 500), lastsMs: fc.constantFrom(0, 1, 200, 5000) }),
    fc
      .tuple(distribution(300), distribution(60))
      .filter(([{ type }]) => type !== 'constant')
      .map(([between, lasts]): Fault['timing'] => ({ type: 'random', between, lasts })),
  ),
});

const partArbitrary: fc.Arbitrary<PartValues> = fc.oneof(
  { arbitrary: serviceArbitrary.map((values): PartValues => ({ kind: 'service', values })), weight: 4 },
  { arbitrary: jobArbitrary.map((values): PartValues => ({ kind: 'job', values })), weight: 1 },
  { arbitrary: balancerArbitrary.map((values): PartValues => ({ kind: 'balancer', values })), weight: 1 },
  { arbitrary: databaseArbitrary.map((values): PartValues => ({ kind: 'database', values })), weight: 1 },
);

/** Random designs, with random parameters of every sort. */
const topologyArbitrary: fc.Arbitrary<Project> = fc
  .record({
    clients: fc.array(clientArbitrary, { minLength: 1, maxLength: 2 }),
    parts: fc.array(partArbitrary, { minLength: 1, maxLength: 6 }),
    links: fc.array(fc.record({ from: fc.nat(), to: fc.nat(), values: linkArbitrary }), { minLength: 0, maxLength: 8 }),
    main: fc.array(linkArbitrary, { minLength: 8, maxLength: 8 }),
    faults: fc.oneof({ arbitrary: fc.constant([]), weight: 1 }, { arbitrary: fc.array(faultArbitrary, { minLength: 1, maxLength: 4 }), weight: 2 }),
    seed: fc.nat(4_294_967_295),
    warmUpMs: fc.constantFrom<'auto' | number>(0, 200, 'auto'),
    replications: fc.constantFrom(1, 1, 1, 3),
  })
  .map(({ seed, warmUpMs, replications, ...drawn }) =>
    buildTopology({ ...drawn, settings: { durationMs: 1000, warmUpMs, seed, replications, seriesPoints: 20, requestLog: 50 } }),
  );

// On failure fast-check prints the seed and the path that replay it, and the smallest project that it found.
const RUNS = { numRuns: 300, interruptAfterTimeLimit: 10_000, markInterruptAsFailure: false } as const;

function run(project: Project): RunResult | null {
  const outcome = simulate(project, DESIGN_ID);
  if (!outcome.ok) expect(outcome.error.some(({ severity }) => severity === 'error')).toBe(true);
  return outcome.ok ? outcome.value : null;
}

const everything = ({ endToEnd, operations, components, links }: RunResult): readonly Measured[] => [
  endToEnd,
  ...operations,
  ...components,
  ...components.flatMap(({ instances }) => instances),
  ...links,
];

test('random topologies run to the end, conserve requests and agree with Little', () => {
  fc.assert(
    fc.property(topologyArbitrary, (project) => {
      const result = run(project);
      if (result === null) return;
      expect(result.ended).toBe('finished');
      expect(result.checks.conservation).toMatchObject({ holds: true, violations: [] });
      expect(result.checks.little.holds).toBe(true);
      expect(result.checks.little.worstResidual).toBeLessThan(1e-6);
    }),
    RUNS,
  );
}, 120_000);

test('every number of a random topology is finite and in its range', () => {
  fc.assert(
    fc.property(topologyArbitrary, (project) => {
      const result = run(project);
      if (result === null) return;
      for (const { metrics, failures } of everything(result)) {
        for (const [name, value] of Object.entries(metrics)) {
          const { unit } = METRICS[name as keyof typeof METRICS];
          expect(Number.isFinite(value), name).toBe(true);
          expect(value, name).toBeGreaterThanOrEqual(0);
          if (unit === 'share') expect(value, name).toBeLessThanOrEqual(1 + 1e-9);
        }
        for (const [reason, count] of Object.entries(failures)) expect(count, reason).toBeGreaterThan(0);
        const { latencyP50Ms, latencyP95Ms, latencyP99Ms, latencyMaxMs } = metrics;
        if (latencyP50Ms !== undefined && latencyP95Ms !== undefined && latencyP99Ms !== undefined && latencyMaxMs !== undefined) {
          expect(latencyP50Ms).toBeLessThanOrEqual(latencyP95Ms);
          expect(latencyP95Ms).toBeLessThanOrEqual(latencyP99Ms);
          if (result.replications === 1) expect(latencyP99Ms).toBeLessThanOrEqual(latencyMaxMs * 1.01 + 1e-6);
        }
      }
      expect(result.series.timeMs.length).toBe(20);
      for (const column of Object.values(result.series.endToEnd)) expect(column.length).toBe(20);
      const { copies } = result.series;
      for (const columns of copies === undefined ? [] : [copies.endToEnd, ...copies.components.map((component) => component.columns)])
        for (const [name, column] of Object.entries(columns))
          for (const value of column)
            if (value !== null) {
              expect(value, name).toBeGreaterThanOrEqual(0);
              if (name === 'staleShare') expect(value, name).toBeLessThanOrEqual(1);
            }
    }),
    RUNS,
  );
}, 120_000);

test('a random topology gives the same bytes again, also after its way through a file', () => {
  fc.assert(
    fc.property(topologyArbitrary, (project) => {
      const bytes = JSON.stringify(run(project));
      expect(JSON.stringify(run(project))).toBe(bytes);
      const read = parseProject(serializeProject(project));
      expect(read.ok).toBe(true);
      if (read.ok) expect(JSON.stringify(run(read.value))).toBe(bytes);
    }),
    { ...RUNS, numRuns: 100 },
  );
}, 120_000);

test('when the load stops every record comes back, whatever was going wrong', () => {
  fc.assert(
    fc.property(topologyArbitrary, (project) => {
      // Calls without a limit of attempts may go on for ever against a link that loses everything.
      if (project.designs[0]?.links.some(({ params }) => params.attempts === null || params.loss === 1)) return;
      const leftAfter = (durationMs: number): number => {
        const plan = compile(stopping(project, durationMs), DESIGN_ID);
        if (!plan.ok) return 0;
        const engine = createEngine(plan.value);
        engine.reset(1, 0, 0);
        while (engine.run(1_000_000) === 'running');
        return engine.observer.core.pool.inUse;
      };
      // A minute is enough for most; who piled up hours of work in a second needs them.
      if (leftAfter(60_000) > 0) expect(leftAfter(7_200_000)).toBe(0);
    }),
    { ...RUNS, numRuns: 150 },
  );
}, 120_000);

test('[V2, V5] followers that store before a write is acknowledged and apply in no time are never stale, in whatever topology', () => {
  let reads = 0;
  fc.assert(
    fc.property(topologyArbitrary, (project) => {
      const result = run(inStep(project));
      if (result === null) return;
      for (const { metrics } of everything(result)) {
        reads += metrics.staleShare === undefined ? 0 : 1;
        expect(metrics.staleShare ?? 0).toBe(0);
        expect(metrics.lostWrites ?? 0).toBe(0);
      }
    }),
    { ...RUNS, numRuns: 150 },
  );
  expect(reads).toBeGreaterThan(0);
}, 120_000);

test('a part that is reached by nobody leaves every number of the others as it was', () => {
  fc.assert(
    fc.property(topologyArbitrary, (project) => {
      const before = run(project);
      if (before === null) return;
      const [design] = project.designs;
      if (design === undefined) return;
      const spare = draft('spare');
      spare.service('spare', {});
      const component = spare.build({}).designs[0]?.components[0];
      if (component === undefined) return;
      const after = run({ ...project, designs: [{ ...design, components: [...design.components, component] }] });
      expect(JSON.stringify(after?.endToEnd)).toBe(JSON.stringify(before.endToEnd));
      expect(JSON.stringify(after?.links)).toBe(JSON.stringify(before.links));
      expect(JSON.stringify(after?.components.slice(0, -1))).toBe(JSON.stringify(before.components));
    }),
    { ...RUNS, numRuns: 60 },
  );
}, 120_000);

test('[X1] a traced random topology measures the same, and every moment of every trace is explained', () => {
  const property = fc.property(topologyArbitrary, (project) => void expect(traceViolations(project)).toEqual([]));
  fc.assert(property, { ...RUNS, numRuns: 25 });
}, 120_000);
