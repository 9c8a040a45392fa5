import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compile } from '../compile/compile';
import { createEngine } from '../engine/engine';
import { METRICS } from '../engine/metrics';
import { parseProject } from '../project/parse';
import type { Project } from '../project/project';
import { serializeProject } from '../project/serialize';
import type { Measured, RunResult } from '../run/result';
import { simulate } from '../run/simulate';
import { DESIGN_ID, draft } from './draft';
import { topologyArbitrary } from './random-topology';

// On failure fast-check prints the seed and the path that replay it, and the smallest project that it found.
const RUNS = { numRuns: 300, interruptAfterTimeLimit: 60_000, markInterruptAsFailure: false } as const;

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
      const stopping = {
        ...project,
        settings: { ...project.settings, durationMs: 60_000 },
        workloads: project.workloads.map((workload) => ({ ...workload, params: { ...workload.params, stopMs: 900 } })),
        // What never ends would keep requests for ever.
        designs: project.designs.map((design) => ({ ...design, faults: design.faults.filter(({ timing }) => timing.type === 'once') })),
      };
      const plan = compile(stopping, DESIGN_ID);
      if (!plan.ok) return;
      const engine = createEngine(plan.value);
      engine.reset(1, 0, 0);
      while (engine.run(1_000_000) === 'running');
      const { core } = engine.observer;
      // Calls without a limit of attempts may go on for ever against a link that loses everything.
      if (project.designs[0]?.links.some(({ params }) => params.attempts === null || params.loss === 1)) return;
      expect(core.pool.inUse).toBe(0);
    }),
    { ...RUNS, numRuns: 150 },
  );
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

test('one more server never makes anybody wait longer, with the same arrivals and demands', () => {
  // J. Kiefer and J. Wolfowitz, Trans. Amer. Math. Soc. 78 (1955): the workload vector of a FIFO queue is monotone in the servers.
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 20, max: 900 }), fc.nat(1_000_000), (servers, ratePerS, seed) => {
      const waits = [servers, servers + 1].map((count) => {
        const parts = draft('Monotone');
        parts.client('clients', { ratePerS });
        parts.service('queue', { servers: count, serviceTime: { type: 'exponential', meanMs: 6 } });
        parts.link('clients', 'queue');
        const result = run(parts.build({ durationMs: 2000, warmUpMs: 0, seed, requestLog: 5000 }));
        return new Map(result?.requests.map(({ arrivalMs, waitingMs }) => [arrivalMs, waitingMs]));
      });
      for (const [arrivalMs, waitingMs] of waits[1] ?? []) {
        const fewer = waits[0]?.get(arrivalMs);
        if (fewer !== undefined) expect(waitingMs).toBeLessThanOrEqual(fewer + 1e-6);
      }
    }),
    { numRuns: 40 },
  );
}, 60_000);
