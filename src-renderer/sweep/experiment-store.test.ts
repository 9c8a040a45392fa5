import { describe, expect, it } from 'vitest';
import { executeSweep, planSweep } from '../../src-shared/analysis/sweep-plan';
import { finishSweep, sweepPointOf } from '../../src-shared/analysis/sweep-result';
import type { Project } from '../../src-shared/project/project';
import { smallProject } from '../../src-shared/project/small-project';
import type { Sweep } from '../../src-shared/project/sweep';
import { pointVariant } from '../../src-shared/project/sweep-points';
import type { Variant } from '../../src-shared/project/variant';
import { ENGINE_VERSION } from '../../src-shared/run/combine';
import { type JobMessage, type JobWorker, runJobs } from '../../src-shared/run/job-pool';
import { runVariants } from '../../src-shared/run/run-variants';
import { createReplicationServer } from '../../src-shared/run/serve-replications';
import { prepareVariant, runVariant } from '../../src-shared/run/variants';
import type { RunVariants } from '../bridge/replications';
import { experimentModel, experimentReasons, searchReasons } from './experiment-model';
import { createExperimentStore, searchResultOf } from './experiment-store';

const base = smallProject(
  [
    ['users', 'client'],
    ['web', 'service', { serviceTime: { type: 'exponential', meanMs: 10 }, servers: 8, queueLimit: 40 }],
  ],
  [['users', 'web', { latency: { type: 'constant', valueMs: 0 } }]],
  { ratePerS: 600 },
);
const project: Project = {
  ...base,
  settings: { ...base.settings, durationMs: 800, warmUpMs: 100, replications: 2 },
  objectives: [{ id: 'errors', name: 'Few errors', scope: { type: 'end-to-end' }, demand: { type: 'error-share', atMost: 0.01 } }],
};
const sweep: Sweep = {
  id: 'load',
  name: 'Load',
  design: 'design',
  axes: [{ parameter: 'load.ratePerS', values: { type: 'range', from: 250, to: 1000, steps: 4, scale: 'linear' } }],
  replications: 2,
  refine: 1,
};

/** Workers of this very thread, each message on a turn of its own, as that of a real one is. */
function inThread(project_: Project, variants: readonly Variant[]) {
  return (onMessage: (message: JobMessage) => void, onFailure: (error: Error) => void): JobWorker => {
    let closed = false;
    const serve = createReplicationServer((message) => {
      if (closed) return;
      if (message.type === 'bug') onFailure(new Error(message.message));
      else onMessage(message);
    });
    serve({ type: 'open', project: project_, variants: variants.map((variant) => ({ ...variant, changes: [...variant.changes] })) });
    return {
      post: (job) => void setTimeout(() => closed || serve({ type: 'job', ...(job as object) }), 0),
      close: () => {
        closed = true;
      },
    };
  };
}
const workers =
  (threads: number): RunVariants =>
  (own, variants, prepare, options) =>
    runVariants((jobs) => runJobs(inThread(own, variants), threads, jobs), own, variants.length, prepare, options);
const storeOf = (runs: RunVariants = workers(3)) => {
  let now = 0;
  return createExperimentStore({ runVariants: runs, now: () => (now += 10) });
};

describe('a sweep in the window', () => {
  it('finds what one thread finds, refined near the knee, however many workers there are', async () => {
    const planned = planSweep(project, sweep, { engineVersion: ENGINE_VERSION });
    if (!planned.ok) throw new Error(planned.error);
    const alone = await executeSweep(planned.value, async (points, onPoint) => {
      for (const point of points) {
        const prepared = prepareVariant(planned.value.project, pointVariant(sweep, point.values));
        if (!prepared.ok) throw new Error('not prepared');
        onPoint(sweepPointOf(point.index, point.values, runVariant(prepared.value).result));
      }
    });
    const expected = JSON.stringify(finishSweep(planned.value.header, alone));
    expect(alone).toHaveLength(5);
    const store = storeOf();
    const seen: number[] = [];
    store.subscribe(({ sweeps }) => seen.push(sweeps.load?.points.length ?? 0));
    await store.startSweep(project, sweep);
    const found = store.getState().sweeps.load;
    expect(found?.complete).toBe(true);
    expect(JSON.stringify(found && finishSweep(found.plan.header, found.points))).toBe(expected);
    // Points are shown before the last of them is there.
    expect(seen.some((count) => count > 0 && count < 4)).toBe(true);
  });

  it('keeps its points when it is cancelled, and says so', async () => {
    const store = storeOf();
    store.subscribe(({ sweeps }) => {
      if ((sweeps.load?.points.length ?? 0) >= 1) store.cancel();
    });
    await store.startSweep(project, sweep);
    const { running, trouble, sweeps } = store.getState();
    expect([running, trouble]).toEqual([null, null]);
    expect(sweeps.load?.complete).toBe(false);
    expect(sweeps.load?.points.length).toBeGreaterThan(0);
    expect(sweeps.load?.points.length).toBeLessThan(5);
  });

  it('tells of a worker that dies, and of a setting that cannot run', async () => {
    const dies = storeOf(() => Promise.reject(new Error('out of memory')));
    await dies.startSweep(project, sweep);
    expect(dies.getState().trouble).toMatchObject({ id: 'load', title: 'It broke off', lines: [expect.stringContaining('out of memory'), expect.any(String)] });
    const wrong = storeOf();
    await wrong.startSweep(project, { ...sweep, axes: [{ parameter: 'web.servers', values: { type: 'list', values: [1, 0] } }] });
    expect(wrong.getState().trouble?.title).toContain('web.servers=0');
    expect(wrong.getState().running).toBeNull();
  });

  it('is forgotten with its document', async () => {
    const store = storeOf();
    const running = store.startSweep(project, sweep);
    store.reset();
    await running;
    expect(store.getState()).toMatchObject({ running: null, sweeps: {}, trouble: null });
  });
});

describe('a search in the window', () => {
  it('halves along a parameter of which more is never worse, and tells the cheapest', async () => {
    const store = storeOf();
    // Erlang's loss system with 6 Erlangs and no queue: 1 % of losses need 12 servers, 13 leave room.
    const axes = [{ parameter: 'web.servers', values: { type: 'range' as const, from: 1, to: 32, steps: 32, scale: 'linear' as const } }];
    const lossy: Project = {
      ...project,
      settings: { ...project.settings, durationMs: 8000, replications: 1 },
      designs: project.designs.map((design) => ({
        ...design,
        components: design.components.map((part) => (part.id === 'web' ? { ...part, params: { ...part.params, queueLimit: 0 } } : part)),
      })),
    };
    await store.startSearch(lossy, { id: 's', name: 'S', design: 'design', axes, monotone: 'web.servers' });
    const found = store.getState().searches.s;
    expect(store.getState().trouble).toBeNull();
    const result = found === undefined ? undefined : searchResultOf(found);
    expect([12, 13]).toContain(result?.candidates.find(({ index }) => index === result.cheapest)?.values[0]);
    expect(result?.candidates.length).toBeLessThan(9);
  });
});

describe('what is said before an experiment runs', () => {
  it('names what makes it impossible', () => {
    expect(experimentReasons(project, sweep)).toEqual([]);
    expect(experimentReasons(project, { ...sweep, design: 'gone' })[0]).toContain('does not exist any more');
    const twice = [sweep.axes[0], sweep.axes[0]] as Sweep['axes'];
    expect(experimentReasons(project, { ...sweep, axes: twice })[0]).toContain('twice');
    expect(experimentReasons(project, { ...sweep, axes: [{ parameter: 'web.servers', values: { type: 'list', values: [2, 0] } }] })[0]).toContain('servers');
    expect(searchReasons({ ...project, objectives: [] }, { ...sweep, id: 's' })[0]).toContain('No objective');
  });

  it('takes a result for old when the model changes, and not when its own setting is applied', () => {
    const model = experimentModel(project, sweep);
    const withRate = (ratePerS: number): Project => ({
      ...project,
      workloads: project.workloads.map((row) => ({ ...row, params: { ...row.params, ratePerS } })),
    });
    expect(experimentModel(withRate(400), sweep)).toBe(model);
    expect(experimentModel({ ...project, settings: { ...project.settings, seed: 2 } }, sweep)).not.toBe(model);
    expect(experimentModel(project, { ...sweep, replications: 4 })).not.toBe(model);
  });
});
