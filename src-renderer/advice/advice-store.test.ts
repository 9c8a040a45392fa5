import { describe, expect, it, vi } from 'vitest';
import type { Project } from '../../src-shared/project/project';
import { smallProject } from '../../src-shared/project/small-project';
import { prepareVariant, runVariant } from '../../src-shared/run/variants';
import type { BatchJob, BatchOutcome, BatchRun, RunBatch } from '../bridge/batch';
import { createAdviceStore } from './advice-store';

const base = smallProject(
  [
    ['users', 'client'],
    ['web', 'service', { serviceTime: { type: 'exponential', meanMs: 20 }, queueLimit: 20 }],
  ],
  [['users', 'web']],
  { ratePerS: 100 },
);
const project: Project = { ...base, settings: { ...base.settings, durationMs: 4000, warmUpMs: 500 } };

const known = new Map<string, BatchRun>();

/** Runs the jobs in this thread, each once. */
const runHere: RunBatch = async (from, jobs, onProgress) => ({
  outcome: 'done',
  runs: jobs.map(({ designId, changes }, index) => {
    const key = JSON.stringify([from.settings, designId, changes]);
    const prepared = prepareVariant(from, { label: '', designId, changes });
    if (!prepared.ok) throw new Error(JSON.stringify(prepared.error));
    const run = known.get(key) ?? runVariant(prepared.value);
    known.set(key, run);
    onProgress((index + 1) / jobs.length);
    return run;
  }),
});

describe('the search for advice', () => {
  it('runs the design first where there is no result, then every change, and says how many', async () => {
    const batches: (readonly BatchJob[])[] = [];
    const store = createAdviceStore({
      now: () => 0,
      runBatch: (from, jobs, onProgress, signal) => {
        batches.push(jobs);
        return runHere(from, jobs, onProgress, signal);
      },
    });
    store.setState({ replications: 3 });
    await store.start(project, 'design', null);
    const { found, running, trouble } = store.getState();
    expect([running, trouble]).toEqual([false, null]);
    expect(batches.map(({ length }) => length)).toEqual([1, (found?.report.runs ?? 0) / (found?.report.settings.replications ?? 1)]);
    expect(found?.report.tried.some(({ outcome, title }) => outcome === 'helps' && title.startsWith('Raise the replicas of WEB'))).toBe(true);
    // With the result of a run there is one batch less, and the same advice.
    const prepared = prepareVariant(project, { label: '', designId: 'design', changes: [] });
    if (!prepared.ok) throw new Error(JSON.stringify(prepared.error));
    const { result } = runVariant(prepared.value);
    batches.length = 0;
    await store.start(project, 'design', result);
    expect(batches).toHaveLength(1);
    expect(store.getState().found?.report.tried.map(({ title, outcome }) => [title, outcome])).toEqual(
      found?.report.tried.map(({ title, outcome }) => [title, outcome]),
    );
  });

  it('tells of a worker that died, and of a design that cannot run, and keeps what was found before', async () => {
    const outcome: BatchOutcome = { outcome: 'failed', why: 'A worker could not be loaded.' };
    const runBatch = vi.fn<RunBatch>(runHere);
    const store = createAdviceStore({ now: () => 0, runBatch });
    store.setState({ replications: 2 });
    await store.start(project, 'design', null);
    const { found } = store.getState();
    runBatch.mockResolvedValue(outcome);
    await store.start(project, 'design', null);
    expect(store.getState()).toMatchObject({ running: false, trouble: expect.stringContaining('A worker could not be loaded.'), found });
    await store.start({ ...project, designs: [] }, 'design', null);
    expect(store.getState().trouble).toContain('The design cannot run');
  });

  it('is cancelled, and forgets what comes late when another document is opened', async () => {
    let end: (outcome: BatchOutcome) => void = () => undefined;
    const store = createAdviceStore({
      now: () => 0,
      runBatch: (_project, _jobs, _onProgress, signal) =>
        new Promise((resolve) => {
          end = resolve;
          signal.addEventListener('abort', () => resolve({ outcome: 'cancelled' }));
        }),
    });
    const first = store.start(project, 'design', null);
    expect(store.getState()).toMatchObject({ running: true, stage: 'Simulating the design' });
    store.cancel();
    await first;
    expect(store.getState()).toMatchObject({ running: false, trouble: null, found: null });
    const second = store.start(project, 'design', null);
    store.reset();
    end({ outcome: 'failed', why: 'late' });
    await second;
    expect(store.getState()).toMatchObject({ running: false, trouble: null });
  });
});
