import { describe, expect, it } from 'vitest';
import { compile } from '../../compile/compile';
import type { Project } from '../../project/project';
import { type LinkSpec, type Params, type PartSpec, smallProject } from '../../project/small-project';
import { applyVariant } from '../../project/variant';
import { prepareVariant, runVariant } from '../../run/variants';
import { adviceReport, effectDifference, effectValue } from './advice-report';
import { candidatesFor, MOST_CANDIDATES, readSystem } from './advise';
import { judgeExperiment, planExperiment, type TriedCandidate, type TriedRun } from './experiment';

const exponential = (meanMs: number): unknown => ({ type: 'exponential', meanMs });

function projectOf(parts: readonly PartSpec[], links: readonly LinkSpec[], workload: Params, more: Partial<Project> = {}): Project {
  const base = smallProject(parts, links, workload);
  return { ...base, settings: { ...base.settings, durationMs: 8000, warmUpMs: 1000, replications: 4 }, ...more };
}

function runOf(project: Project, designId: string, changes: readonly string[]): TriedRun {
  const prepared = prepareVariant(project, { label: '', designId, changes });
  if (!prepared.ok) throw new Error(JSON.stringify(prepared.error));
  return runVariant(prepared.value);
}

/** Everything from the run to the verdicts, as the command line does it. */
function advise(project: Project, only = (_title: string): boolean => true, seed = project.settings.seed): readonly TriedCandidate[] {
  const [design] = project.designs;
  const plan = compile(project, 'design');
  if (design === undefined || !plan.ok) throw new Error('The design compiles');
  const { result } = runOf(project, 'design', []);
  const reading = readSystem(project, design, plan.value, result);
  const all = candidatesFor({ project, design, plan: plan.value, result, reading });
  expect(all.length).toBeLessThanOrEqual(MOST_CANDIDATES);
  const candidates = all.filter(({ title }) => only(title));
  // The same candidates, tried with other random numbers.
  const experiment = planExperiment({ ...project, settings: { ...project.settings, seed } }, design, candidates, 4);
  const runs = experiment.variants.map(({ designId, changes }) => runOf(experiment.project, designId, changes));
  const tried = judgeExperiment(experiment, runs);
  expect(adviceReport(result, reading, experiment, tried)).toMatchObject({ candidates: candidates.length, runs: experiment.variants.length * 4 });
  return tried;
}

const overloaded = projectOf(
  [
    ['users', 'client'],
    ['front', 'load-balancer', { failoverMs: 300 }],
    ['web', 'service', { replicas: 2, machine: 'vcpu-1', serviceTime: exponential(20), queueLimit: 100 }],
    ['store', 'database', { connections: 2, readTime: exponential(8), machine: 'vcpu-2' }],
  ],
  [
    ['users', 'front'],
    ['front', 'web'],
    ['web', 'store'],
  ],
  { ratePerS: 130 },
);

describe('advice', () => {
  const first = advise(overloaded);
  const helping = first.filter(({ outcome }) => outcome === 'helps');
  const titles = helping.map(({ title }) => title);

  it('widens the planted bottleneck, survives the crash of the balancer, and tells the price', () => {
    expect(titles).toContain('Add a second instance of FRONT that stands by');
    expect(titles.some((title) => /^Raise the replicas of WEB from 2 to \d/.test(title))).toBe(true);
    expect(titles.some((title) => /^Move WEB from 1 vCPU to \d vCPU/.test(title))).toBe(true);
    for (const { effects, goal, crash } of helping.filter((tried) => tried.goal === 'faster')) {
      expect(crash).toBeNull();
      expect(effects.find(({ metric }) => metric === 'costPerHour')?.difference?.mean, goal).toBeGreaterThan(0);
      expect(effects.find(({ metric }) => metric === 'latencyP99Ms')?.difference?.mean).toBeLessThan(0);
    }
  });

  it('helps with other random numbers too, every one of it', () => {
    const second = advise(overloaded, (title) => titles.includes(title), 987_654_321);
    for (const { title } of helping) expect(second.find((tried) => tried.title === title)?.outcome, title).toBe('helps');
    expect(helping.length).toBeGreaterThanOrEqual(3);
  });

  it('makes only changes that the design can take, and says what it did not advise and why', () => {
    for (const { changes, title } of first) expect(applyVariant(overloaded, { label: title, designId: 'design', changes }).ok, title).toBe(true);
    for (const { outcome, verdict } of first) expect(verdict, outcome).not.toBe('');
    // What helps stands before what does not.
    const order = first.map(({ outcome }) => outcome === 'helps');
    expect(order).toEqual([...order].sort((one, other) => Number(other) - Number(one)));
  });

  it('of two amounts that do as well advises the lesser', () => {
    const replicas = first.filter(({ amount }) => amount?.of === 'web.replicas');
    expect(replicas.length).toBeGreaterThan(1);
    const [advised] = replicas.filter(({ outcome }) => outcome === 'helps');
    for (const other of replicas.filter(({ outcome }) => outcome === 'less-will-do'))
      expect(other.amount?.value).toBeGreaterThan(advised?.amount?.value ?? Infinity);
  });

  it('saves what nobody needs, unless an objective is missed by that', () => {
    const lavish = (atMostMs: number): Project =>
      projectOf(
        [
          ['users', 'client'],
          ['web', 'service', { replicas: 6, machine: 'vcpu-1', serviceTime: { type: 'constant', valueMs: 20 } }],
        ],
        [['users', 'web', { retries: 'backoff' }]],
        { ratePerS: 60 },
        { objectives: [{ id: 'fast', name: 'Fast', scope: { type: 'end-to-end' }, demand: { type: 'latency', percentile: 99, atMostMs } }] },
      );
    const saving = (project: Project): TriedCandidate | undefined => advise(project, (title) => title.startsWith('Lower the replicas of WEB from 6'))[0];
    const allowed = saving(lavish(200));
    expect(allowed?.outcome).toBe('helps');
    // 0.05 USD for each machine of the ladder's first rung.
    expect(allowed?.effects.find(({ metric }) => metric === 'costPerHour')?.difference?.mean).toBeCloseTo(
      -0.05 * (6 - Number(allowed?.changes[0]?.split('=')[1])),
      6,
    );
    expect(saving(lavish(23))?.outcome).toBe('missed-objective');
  });

  it('ends retries that load what is overloaded', () => {
    const storm = projectOf(
      [
        ['users', 'client'],
        ['web', 'service', { servers: 2, serviceTime: exponential(20) }],
      ],
      [['users', 'web', { timeoutMs: 120, retries: 'backoff', attempts: 5, backoffBaseMs: 10 }]],
      { ratePerS: 115 },
    );
    const tried = advise(storm, (title) => /retries|Cancel work|wait at/.test(title));
    expect(tried.some(({ outcome }) => outcome === 'helps')).toBe(true);
    expect(tried.some(({ title }) => title.startsWith('Give the retries on USERS → WEB a budget'))).toBe(true);
  });

  it('writes effects with their units', () => {
    const effect = {
      metric: 'failureShare',
      before: 0.12,
      after: 0,
      difference: { pairs: 4, mean: -0.12, halfWidth: 0.006, independentHalfWidth: null, verdict: 'better' },
    } as const;
    expect(effectDifference(effect)).toBe('−12.00 ± 0.60 points');
    expect(effectValue('latencyP95Ms', 278.2)).toBe('278 ms');
    expect(effectValue('availability', 0.99991)).toBe('99.9910 %');
    expect(effectValue('costPerHour', null)).toBe('–');
  });
});
