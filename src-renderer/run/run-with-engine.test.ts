import { describe, expect, it, vi } from 'vitest';
import threeTier from '../../examples/three-tier.topolab?raw';
import { INSTANCE_STATES } from '../../src-shared/engine/names';
import { parseProject } from '../../src-shared/project/parse';
import type { Project } from '../../src-shared/project/project';
import { createDriver } from '../../src-shared/run/driver';
import { simulate } from '../../src-shared/run/simulate';
import type { EnginePort } from '../bridge/bridge';
import { createLiveStore } from './live-store';
import type { RunPhase } from './run-state';
import { createRunStore } from './run-store';

/** The real engine at the other end of a port within this thread; messages are copied as they are between processes. */
async function connectEngine(): Promise<EnginePort> {
  let listener: ((message: Parameters<Parameters<EnginePort['onMessage']>[0]>[0]) => void) | undefined;
  const driver = createDriver({
    now: () => performance.now(),
    later: (callback) => void setTimeout(callback, 0),
    delay: (ms, callback) => void setTimeout(callback, ms),
    send: (message) => void setTimeout(() => listener?.(structuredClone(message)), 0),
  });
  return {
    post: (message) => void setTimeout(() => driver.receive(structuredClone(message)), 0),
    onMessage: (next) => {
      listener = next;
    },
    onExit: () => undefined,
    close: () => undefined,
  };
}

function projectOf(text: string): Project {
  const parsed = parseProject(text);
  if (!parsed.ok) throw new Error(parsed.error.problem);
  return parsed.value;
}

function laboratory() {
  const live = createLiveStore();
  const store = createRunStore(
    {
      connectEngine,
      now: () => performance.now(),
      onNextDraw: (callback) => void setTimeout(callback, 5),
      delay: (ms, callback) => void setTimeout(callback, ms),
    },
    live,
    'max',
  );
  const reached = (phase: RunPhase): Promise<void> =>
    new Promise((resolve) => {
      const check = (): void => {
        if (store.getState().phase === phase) {
          stop();
          resolve();
        }
      };
      const stop = store.subscribe(check);
      check();
    });
  return { store, live, reached };
}

describe('the run store with the real engine', () => {
  const whole = projectOf(threeTier);
  const project: Project = { ...whole, settings: { ...whole.settings, durationMs: 4000, warmUpMs: 500, replications: 2, seriesPoints: 40 } };
  const designId = project.designs[0]?.id ?? '';

  it('ends with the very numbers that the command line finds', async () => {
    const { store, live, reached } = laboratory();
    await store.start(project, designId);
    await reached('finished');
    const expected = simulate(project, designId);
    expect(expected.ok && expected.value).toEqual(store.getState().result);
    const { series, result, progress } = store.getState();
    expect(progress).toBe(1);
    expect(series.length).toBe(project.settings.seriesPoints);
    const [component] = result?.components ?? [];
    expect(live.part(component?.id ?? '')?.values).toEqual(component?.metrics);
  });

  it('steps by an interval, then runs to the end with the same numbers', async () => {
    const { store, live, reached } = laboratory();
    await store.start(project, designId, { paused: true });
    store.step('interval');
    await reached('paused');
    await new Promise((resolve) => setTimeout(resolve, 100));
    const intervalMs = project.settings.durationMs / project.settings.seriesPoints;
    expect(store.getState().simulatedMs).toBeGreaterThan(intervalMs * 0.9);
    expect(store.getState().simulatedMs).toBeLessThanOrEqual(intervalMs);
    const id = project.designs[0]?.components[0]?.id ?? '';
    expect(live.part(id)?.from).toBe('live');
    store.resume();
    await reached('finished');
    const expected = simulate(project, designId);
    expect(expected.ok && expected.value).toEqual(store.getState().result);
  });

  it('keeps what was measured when it is stopped', async () => {
    const { store, reached } = laboratory();
    store.setSpeed(1);
    await store.start(project, designId);
    await reached('running');
    store.stop();
    await reached('finished');
    expect(store.getState().result?.ended).toBe('stopped');
  });

  it('takes a fault that is injected, tells of it, and ends it when it is cleared', async () => {
    const { store, live, reached } = laboratory();
    const service = project.designs[0]?.components.find(({ kind }) => kind === 'service')?.id ?? '';
    const told = (type: string): Promise<void> =>
      new Promise((resolve) => {
        const stop = store.subscribe((state) => {
          if (!state.journal.some((event) => event.type === type)) return;
          stop();
          resolve();
        });
      });
    store.setSpeed(4);
    await store.start(project, designId);
    await reached('running');
    const begun = told('fault-begins');
    store.injectFault({
      id: 'injected-1',
      name: 'Crash',
      target: service,
      effect: { type: 'crash', silent: false, restartMs: 0 },
      timing: { type: 'once', atMs: 0, lastsMs: 0 },
    });
    await begun;
    await vi.waitFor(() => expect(live.instances(service)?.states?.every((state) => INSTANCE_STATES[state] === 'down')).toBe(true));
    const over = told('fault-ends');
    store.clearFault('injected-1');
    await over;
    store.setSpeed('max');
    await reached('finished');
    const { result, journal } = store.getState();
    expect(journal.filter((event) => event.faultId === 'injected-1').map((event) => event.type)).toEqual(['fault-begins', 'fault-ends']);
    expect(result?.faults).toMatchObject([{ id: 'injected-1', live: true, target: service }]);
    expect(result?.checks.conservation.holds).toBe(true);
  });

  it('refuses a fault that does not fit, and says why', async () => {
    const { store, reached } = laboratory();
    const client = project.designs[0]?.components.find(({ kind }) => kind === 'client')?.id ?? '';
    store.setSpeed(1);
    await store.start(project, designId);
    await reached('running');
    store.injectFault({ id: 'injected-1', name: 'Pause', target: client, effect: { type: 'pause' }, timing: { type: 'once', atMs: 0, lastsMs: 0 } });
    expect(store.getState().injected).toHaveLength(1);
    await vi.waitFor(() => expect(store.getState()).toMatchObject({ injected: [], refusal: { code: 'fault-does-not-fit' } }));
    store.stop();
    await reached('finished');
  });

  it('is refused with the problems of the model', async () => {
    const { store, reached } = laboratory();
    const broken: Project = { ...project, designs: project.designs.map((design) => ({ ...design, links: [] })) };
    await store.start(broken, designId);
    await reached('refused');
    expect(store.getState().problems.some((problem) => problem.severity === 'error')).toBe(true);
  });
});
