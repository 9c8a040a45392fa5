import { describe, expect, it } from 'vitest';
import { compareRuns } from '../../src-shared/analysis/compare';
import { smallProject } from '../../src-shared/project/small-project';
import { prepareVariant, runVariant } from '../../src-shared/run/variants';
import type { BatchOutcome, RunBatch } from '../bridge/batch';
import { candidatesOf, chosenCandidates } from './candidates';
import { overlaidCharts, sharedParts } from './compare-charts';
import { comparedThings, differenceText, valueText } from './compare-rows';
import { createCompareStore, isStale, replicationsOf, USUAL_REPLICATIONS } from './compare-store';
import { healthOf } from './side-health';
import { changesText } from './variant-change';

const base = smallProject(
  [
    ['users', 'client'],
    ['web', 'service', { serviceTime: { type: 'exponential', meanMs: 10 } }],
  ],
  [['users', 'web']],
  { ratePerS: 50 },
);
const [design] = base.designs;
if (design === undefined) throw new Error('the small project has a design');
const project = {
  ...base,
  settings: { ...base.settings, durationMs: 20_000, warmUpMs: 1000, replications: 4 },
  designs: ['one', 'two', 'three', 'four', 'five'].map((id) => ({ ...design, id, name: `Design ${id}` })),
};

/** Runs every job in this thread. */
const runHere: RunBatch = async (from, jobs) => ({
  outcome: 'done',
  runs: jobs.map(({ designId, changes, project: own = from }) => {
    const prepared = prepareVariant(own, { label: designId, designId, changes: designId === 'two' ? ['web.serviceTime.meanMs=5', ...changes] : changes });
    if (!prepared.ok) throw new Error('the designs are sound');
    return runVariant(prepared.value);
  }),
});
const storeWith = (runBatch: RunBatch) => createCompareStore({ runBatch, now: () => 0 });

const candidates = candidatesOf(project, []);

describe('the changes of a variant', () => {
  it('are told with the names that the form has, and as the file has them where the parameter is gone', () => {
    const [one] = project.designs;
    if (one === undefined) throw new Error('the project has designs');
    expect(changesText(project, one, [])).toBe('');
    expect(changesText(project, one, ['web.replicas=3', 'users.ratePerS=80 req/s', 'web.gone=1'])).toBe(
      'WEB: Replicas 3; USERS (workload Load): Rate 80 req/s; web.gone=1',
    );
    expect(changesText(project, one, ['web.discipline=lifo'])).toBe('WEB: Discipline LIFO');
  });
});

describe('candidates of a comparison', () => {
  it('are taken from the first four at first, the baseline before the others', () => {
    const ids = (chosen: readonly string[] | null, baselineKey: string | null): string[] =>
      chosenCandidates(candidates, { chosen, baselineKey }).map(({ id }) => id);
    expect(ids(null, null)).toEqual(['one', 'two', 'three', 'four']);
    expect(ids(['design/five', 'design/two'], 'design/five')).toEqual(['five', 'two']);
    // A baseline that is not chosen, or was deleted, is none.
    expect(ids(['design/two', 'design/three'], 'design/gone')).toEqual(['two', 'three']);
  });

  it('are designs, variants of designs that there are, and pinned runs under the present settings', () => {
    const variants = [
      { id: 'v', name: 'Faster', design: 'one', changes: ['web.serviceTime.meanMs=5'] },
      { id: 'w', name: 'Of none', design: 'gone', changes: [] },
    ];
    const frozen = { ...project, settings: { ...project.settings, seed: 99 }, designs: project.designs.slice(0, 1) };
    const found = candidatesOf({ ...project, variants }, [{ id: 'b', name: 'Before', project: frozen, designId: 'one' }]).slice(5);
    expect(found.map(({ key, label, changes }) => [key, label, changes])).toEqual([
      ['variant/v', 'Faster', ['web.serviceTime.meanMs=5']],
      ['baseline/b', 'Before', []],
    ]);
    expect(found[1]?.project.settings.seed).toBe(project.settings.seed);
  });
});

describe('replicationsOf', () => {
  it('asks for several where the project has one', () => {
    expect(replicationsOf(project, { replications: null })).toBe(4);
    expect(replicationsOf({ ...project, settings: { ...project.settings, replications: 1 } }, { replications: null })).toBe(USUAL_REPLICATIONS);
    expect(replicationsOf(project, { replications: 7 })).toBe(7);
  });
});

describe('createCompareStore', () => {
  it('compares the chosen designs, and knows when one of them has changed', async () => {
    const store = storeWith(runHere);
    store.setState({ chosen: ['design/one', 'design/two'], replications: 3 });
    await store.start(project, candidates);
    const { found, running } = store.getState();
    if (found === null) throw new Error('the comparison is done');
    expect(running).toBe(false);
    expect(found.comparison.sides.map(({ label }) => label)).toEqual(['Design one', 'Design two']);
    expect(found.comparison.settings.replications).toBe(3);
    expect(isStale(candidates, found)).toBe(false);
    const slower = { ...project, workloads: project.workloads.map((workload) => ({ ...workload, params: { ratePerS: 10 } })) };
    expect(isStale(candidatesOf(slower, []), found)).toBe(true);
    expect(isStale(candidates.slice(1), found)).toBe(true);
  });

  it('compares a design with variants of it and with a pinned state of the project, each on a side of its own', async () => {
    const variants = [{ id: 'v', name: 'Faster', design: 'one', changes: ['web.serviceTime.meanMs=5'] }];
    const frozen = { ...project, workloads: project.workloads.map((workload) => ({ ...workload, params: { ...workload.params, ratePerS: 20 } })) };
    const sides = candidatesOf({ ...project, variants }, [{ id: 'b', name: 'Before', project: frozen, designId: 'one' }]);
    const store = storeWith(runHere);
    store.setState({ chosen: ['design/one', 'variant/v', 'baseline/b'], baselineKey: 'baseline/b', replications: 2 });
    await store.start(project, sides);
    const { found } = store.getState();
    if (found === null) throw new Error('the comparison is done');
    expect(found.comparison.sides.map(({ label, changes }) => [label, changes.length])).toEqual([
      ['Before', 0],
      ['Design one', 0],
      ['Faster', 1],
    ]);
    const offered = found.comparison.rows.find(({ scope, metric }) => scope === 'end-to-end' && metric === 'offeredRate');
    const [before, one, faster] = (offered?.values ?? []).map((value) => value?.value ?? 0) as [number, number, number];
    expect(before).toBeLessThan(25);
    expect(one).toBeGreaterThan(45);
    // The same random numbers: what arrives does not depend on who serves it.
    expect(faster).toBe(one);
    expect(isStale(sides, found)).toBe(false);
    expect(isStale(sides.slice(0, -1), found)).toBe(true);
    const health = found.results.map((result) => healthOf(result));
    expect(health.map(({ byId }) => byId.get('web'))).toEqual(['fine', 'fine', 'fine']);
    expect(health[0]?.words).toBe('2 fine');
  });

  it('tells why a design cannot run, by name, and is ready again', async () => {
    const refuse: RunBatch = async () => ({
      outcome: 'refused',
      job: 1,
      problems: [{ severity: 'error', code: 'x', recordId: 'web', message: 'It is wrong.', remedy: 'Mend it.' }],
    });
    const store = storeWith(refuse);
    await store.start(project, candidates);
    expect(store.getState().trouble?.lines).toEqual([`Design two, ${design.components[1]?.name}: It is wrong. Mend it.`]);
    expect(store.getState().running).toBe(false);
  });

  it('estimates the time left by the pace so far, and forgets a run whose document is gone', async () => {
    let now = 0;
    let settle = (_outcome: BatchOutcome): void => undefined;
    const store = createCompareStore({
      now: () => now,
      runBatch: (_project, _jobs, onProgress, signal) =>
        new Promise((resolve) => {
          settle = resolve;
          signal.addEventListener('abort', () => resolve({ outcome: 'cancelled' }));
          now = 1000;
          onProgress(0.25);
        }),
    });
    const running = store.start(project, candidates);
    expect(store.getState()).toMatchObject({ running: true, share: 0.25, leftMs: 3000 });
    store.reset();
    settle({ outcome: 'failed', why: 'late' });
    await running;
    expect(store.getState()).toMatchObject({ running: false, trouble: null, found: null });
  });
});

describe('rows and charts of a comparison', async () => {
  const outcome = await runHere(
    project,
    [
      { designId: 'one', changes: [] },
      { designId: 'two', changes: [] },
    ],
    () => undefined,
    new AbortController().signal,
  );
  if (outcome.outcome !== 'done') throw new Error('the runs end');
  const results = outcome.runs.map(({ result }) => result);
  const comparison = compareRuns(outcome.runs.map(({ result, samples }) => ({ label: result.design.name, changes: [], result, samples })));

  it('puts end to end first and leaves out the clients, whose numbers stand there already', () => {
    const things = comparedThings(comparison);
    expect(things[0]?.title).toBe('End to end');
    expect(things.some(({ key }) => key === 'component web')).toBe(true);
    expect(things.some(({ key }) => key === 'component users')).toBe(false);
    expect(things[0]?.counts.better).toBeGreaterThan(0);
  });

  it('writes values and differences with unit and interval, shares by points', () => {
    const things = comparedThings(comparison);
    const latency = things[0]?.rows.find(({ metric }) => metric === 'latencyMeanMs');
    const utilisation = things.find(({ key }) => key === 'component web')?.rows.find(({ metric }) => metric === 'utilisation');
    if (latency === undefined || utilisation === undefined) throw new Error('the metrics are there');
    expect(valueText(latency, 0)).toMatch(/^[\d.]+ ms ± [\d.]+$/);
    expect(differenceText(latency, 0)).toBeNull();
    expect(differenceText(latency, 1)).toMatch(/^−[\d.]+ ms ± [\d.]+$/);
    expect(differenceText(utilisation, 1)).toMatch(/^−2\d(\.\d+)? points ± [\d.]+$/);
  });

  it('draws one line for each design over the same time, padded where a run ended early', () => {
    expect(sharedParts(results).map(({ id }) => id)).toEqual(['web']);
    const [whole, short] = results as [(typeof results)[0], (typeof results)[0]];
    const cut = {
      ...short,
      series: {
        ...short.series,
        timeMs: short.series.timeMs.slice(0, 5),
        endToEnd: { ...short.series.endToEnd, completedPerS: short.series.endToEnd.completedPerS.slice(0, 5) },
      },
    };
    const charts = overlaidCharts([whole, cut], ['A', 'B'], 'web', 'light');
    expect(charts.map(({ id }) => id)).toEqual(['throughput', 'latency-p50', 'latency-p95', 'latency-p99', 'utilisation'].map((id) => `compare-${id}`));
    expect(charts[0]?.lines.map(({ label }) => label)).toEqual(['A', 'B']);
    for (const { columns, timesS } of charts) expect(columns.map((column) => column.length)).toEqual([timesS.length, timesS.length]);
    expect(charts[0]?.columns[1]?.slice(0, 5)).toEqual(short.series.endToEnd.completedPerS.slice(0, 5));
    expect(charts[0]?.columns[1]?.slice(5).every((value) => value === null)).toBe(true);
  });
});
