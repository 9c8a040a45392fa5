import { describe, expect, it } from 'vitest';
import { emptyProject } from '../../src-shared/project/project';
import type { FromEngine, ToEngine } from '../../src-shared/protocol/messages';
import type { EnginePort } from '../bridge/bridge';
import { createLiveStore } from './live-store';
import { createRunStore } from './run-store';
import { frameOf, pointOf, resultOf } from './test-frames';

/** The other end of a port, in the hand of the test. */
function engineEnd() {
  const posted: ToEngine[] = [];
  let message: ((message: FromEngine) => void) | undefined;
  let exit: ((why: string) => void) | undefined;
  let closed = false;
  const port: EnginePort = {
    post: (sent) => void posted.push(sent),
    onMessage: (listener) => {
      message = listener;
    },
    onExit: (listener) => {
      exit = listener;
    },
    close: () => {
      closed = true;
    },
  };
  return { port, posted, say: (said: FromEngine) => message?.(said), die: (why: string) => exit?.(why), isClosed: () => closed };
}

function laboratory() {
  const engines: ReturnType<typeof engineEnd>[] = [];
  let now = 0;
  const draws: (() => void)[] = [];
  const delays: { readonly at: number; readonly callback: () => void }[] = [];
  let refuseConnection: string | null = null;
  const live = createLiveStore();
  const store = createRunStore(
    {
      connectEngine: async () => {
        if (refuseConnection !== null) throw new Error(refuseConnection);
        const engine = engineEnd();
        engines.push(engine);
        return engine.port;
      },
      now: () => now,
      onNextDraw: (callback) => void draws.push(callback),
      delay: (ms, callback) => void delays.push({ at: now + ms, callback }),
    },
    live,
    'max',
  );
  return {
    store,
    live,
    engine: () => engines.at(-1) as ReturnType<typeof engineEnd>,
    engineCount: () => engines.length,
    refuse: (why: string | null) => {
      refuseConnection = why;
    },
    draw: () => {
      for (const callback of draws.splice(0)) callback();
    },
    wait: (ms: number) => {
      now += ms;
      for (const { at, callback } of delays.splice(0))
        if (at <= now) callback();
        else delays.push({ at, callback });
    },
    begin: async () => {
      await store.start(emptyProject(), 'design-1');
      const { runId } = store.getState();
      engines.at(-1)?.say({ type: 'started', runId, componentIds: ['web'], linkIds: ['l1'], instanceCounts: [1] });
      return runId;
    },
  };
}

describe('a run', () => {
  it('sends the project and runs once the engine has started', async () => {
    const lab = laboratory();
    const project = emptyProject();
    const started = lab.store.start(project, 'design-1');
    expect(lab.store.getState().phase).toBe('starting');
    await started;
    expect(lab.engine().posted).toEqual([{ type: 'start', runId: 1, project, designId: 'design-1', speed: 'max', paused: false }]);
    lab.engine().say({ type: 'started', runId: 1, componentIds: ['web'], linkIds: [], instanceCounts: [1] });
    expect(lab.store.getState().phase).toBe('running');
  });

  it('acknowledges a frame only when it has been drawn', async () => {
    const lab = laboratory();
    const runId = await lab.begin();
    lab.engine().say({ type: 'frame', runId, sequence: 1, frame: frameOf(500, [{ offeredPerS: 10 }], [{ callsPerS: 10 }]) });
    lab.engine().say({ type: 'frame', runId, sequence: 2, frame: frameOf(900, [{ offeredPerS: 10 }], [{ callsPerS: 10 }]) });
    expect(lab.engine().posted.filter(({ type }) => type === 'ack')).toEqual([]);
    expect(lab.store.getState().simulatedMs).toBe(0);
    lab.draw();
    expect(lab.engine().posted.filter(({ type }) => type === 'ack')).toEqual([
      { type: 'ack', runId, sequence: 1 },
      { type: 'ack', runId, sequence: 2 },
    ]);
    expect(lab.store.getState().simulatedMs).toBe(900);
  });

  it('tells pace and time left from frames', async () => {
    const lab = laboratory();
    const runId = await lab.begin();
    // Each 100 ms of wall time advance 600 ms of 60 s: 6 times real time, 1 % of the run, 60 requests.
    for (let frame = 1; frame <= 20; frame++) {
      lab.wait(100);
      lab.engine().say({ type: 'frame', runId, sequence: frame, frame: frameOf(frame * 600, [{}], [{}]) });
      lab.draw();
    }
    const { pace, leftMs, progress, wallMs } = lab.store.getState();
    expect(pace.realTimeFactor).toBeCloseTo(6, 9);
    expect(pace.requestsPerS).toBeCloseTo(600, 6);
    expect(pace.eventsPerS).toBeCloseTo(60_000, 6);
    expect(pace.framesPerS).toBeCloseTo(10, 9);
    expect(progress).toBeCloseTo(0.2, 9);
    expect(leftMs).toBeCloseTo(8000, 3);
    expect(wallMs).toBe(2000);
  });

  it('counts a new replication from time 0', async () => {
    const lab = laboratory();
    const runId = await lab.begin();
    lab.wait(100);
    lab.engine().say({ type: 'frame', runId, sequence: 1, frame: frameOf(600, [{}], [{}]) });
    lab.wait(100);
    lab.engine().say({ type: 'frame', runId, sequence: 2, frame: frameOf(600, [{}], [{}], { replication: 1 }) });
    lab.draw();
    expect(lab.store.getState().pace.realTimeFactor).toBeCloseTo(6, 9);
  });

  it('pauses, resumes and steps as the engine confirms it, and does not count the pause as running', async () => {
    const lab = laboratory();
    const runId = await lab.begin();
    lab.store.pause();
    expect(lab.store.getState().phase).toBe('running');
    lab.wait(50);
    lab.engine().say({ type: 'frame', runId, sequence: 1, frame: frameOf(300, [{}], [{}]) });
    lab.engine().say({ type: 'paused', runId });
    expect(lab.store.getState()).toMatchObject({ phase: 'paused', simulatedMs: 300, wallMs: 50 });
    lab.wait(5000);
    lab.store.step('event');
    lab.engine().say({ type: 'frame', runId, sequence: 2, frame: frameOf(301, [{}], [{}]) });
    lab.engine().say({ type: 'paused', runId });
    expect(lab.store.getState()).toMatchObject({ phase: 'paused', simulatedMs: 301, wallMs: 50 });
    lab.store.resume();
    lab.engine().say({ type: 'resumed', runId });
    expect(lab.store.getState().phase).toBe('running');
    expect(lab.engine().posted.map(({ type }) => type)).toEqual(['start', 'pause', 'ack', 'step', 'ack', 'resume']);
  });

  it('keeps the points that stream in, and those of the result at the end', async () => {
    const lab = laboratory();
    const runId = await lab.begin();
    lab.engine().say({ type: 'frame', runId, sequence: 1, frame: frameOf(500, [{}], [{}], { points: [pointOf(100, 1), pointOf(200, Number.NaN)] }) });
    lab.draw();
    const { series, seriesVersion } = lab.store.getState();
    expect(series.timesS()).toEqual([0.1, 0.2]);
    expect(series.system('inFlight')).toEqual([1, null]);
    expect(series.component('web', 'queue')).toEqual([1, null]);
    lab.engine().say({ type: 'finished', runId, result: resultOf(), samples: { rows: [] } });
    const after = lab.store.getState();
    expect(after.phase).toBe('finished');
    expect(after.seriesVersion).toBeGreaterThan(seriesVersion);
    expect(after.series.system('latencyP95Ms')).toEqual([null, 6]);
    expect(after.result?.endToEnd.metrics.throughput).toBe(99.5);
  });

  it('tells why it was refused, and can be tried again', async () => {
    const lab = laboratory();
    await lab.store.start(emptyProject(), 'design-1');
    const problems = [{ severity: 'error', code: 'no-target', recordId: 'clients', message: 'Nowhere to go.', remedy: 'Connect it.' }] as const;
    lab.engine().say({ type: 'refused', runId: 1, problems });
    expect(lab.store.getState()).toMatchObject({ phase: 'refused', problems });
    await lab.begin();
    expect(lab.store.getState()).toMatchObject({ phase: 'running', problems: [], runId: 2 });
    expect(lab.engineCount()).toBe(1);
  });

  it('ignores what an earlier run still says', async () => {
    const lab = laboratory();
    const first = await lab.begin();
    lab.engine().say({ type: 'finished', runId: first, result: resultOf(), samples: { rows: [] } });
    await lab.begin();
    lab.engine().say({ type: 'frame', runId: first, sequence: 9, frame: frameOf(50_000, [{}], [{}]) });
    lab.engine().say({ type: 'finished', runId: first, result: resultOf(), samples: { rows: [] } });
    lab.draw();
    expect(lab.store.getState()).toMatchObject({ phase: 'running', simulatedMs: 0, result: null });
  });
});

describe('an engine that ends', () => {
  it('is reported with seed and simulated time, and the next run has a fresh one', async () => {
    const lab = laboratory();
    const runId = await lab.begin();
    lab.engine().say({ type: 'frame', runId, sequence: 1, frame: frameOf(1234, [{}], [{}]) });
    lab.draw();
    const dead = lab.engine();
    dead.die('The engine process ended with code 9.');
    expect(lab.store.getState()).toMatchObject({
      phase: 'crashed',
      crash: { message: 'The engine process ended with code 9.', seed: 1, simulatedMs: 1234, componentId: null },
    });
    await lab.begin();
    expect(lab.engineCount()).toBe(2);
    expect(lab.store.getState()).toMatchObject({ phase: 'running', crash: null });
    dead.say({ type: 'bug', runId: 2, message: 'from the grave', seed: 1, simulatedMs: 0, componentId: null });
    expect(lab.store.getState().phase).toBe('running');
  });

  it('between runs costs nothing', async () => {
    const lab = laboratory();
    const runId = await lab.begin();
    lab.engine().say({ type: 'finished', runId, result: resultOf(), samples: { rows: [] } });
    lab.engine().die('killed');
    expect(lab.store.getState().phase).toBe('finished');
    await lab.begin();
    expect(lab.engineCount()).toBe(2);
    expect(lab.store.getState().phase).toBe('running');
  });

  it('by a bug names the component, and is not used again', async () => {
    const lab = laboratory();
    const runId = await lab.begin();
    const broken = lab.engine();
    broken.say({ type: 'bug', runId, message: 'Invariant broken: x', seed: 7, simulatedMs: 42, componentId: 'web' });
    expect(lab.store.getState().crash).toEqual({ message: 'Invariant broken: x', seed: 7, simulatedMs: 42, componentId: 'web' });
    expect(broken.isClosed()).toBe(true);
    await lab.begin();
    expect(lab.engineCount()).toBe(2);
  });

  it('cannot be started: says why, and tries again on the next run', async () => {
    const lab = laboratory();
    lab.refuse('no worker for you');
    await lab.store.start(emptyProject(), 'design-1');
    expect(lab.store.getState()).toMatchObject({ phase: 'crashed', crash: { message: 'no worker for you' } });
    lab.refuse(null);
    await lab.begin();
    expect(lab.store.getState().phase).toBe('running');
  });

  it('is ended where it does not answer a stop', async () => {
    const lab = laboratory();
    await lab.begin();
    const hanging = lab.engine();
    lab.store.stop();
    lab.wait(4000);
    expect(lab.store.getState().phase).toBe('running');
    lab.wait(1500);
    expect(lab.store.getState().phase).toBe('crashed');
    expect(hanging.isClosed()).toBe(true);
  });

  it('is not ended where it did answer, however late the clock rings', async () => {
    const lab = laboratory();
    const runId = await lab.begin();
    lab.store.stop();
    lab.engine().say({ type: 'finished', runId, result: resultOf({ ended: 'stopped' }), samples: { rows: [] } });
    lab.wait(10_000);
    expect(lab.store.getState().phase).toBe('finished');
  });
});

describe('resetting', () => {
  it('ends a run under way and forgets everything but the speed', async () => {
    const lab = laboratory();
    await lab.begin();
    lab.store.setSpeed(10);
    lab.store.reset();
    expect(lab.engine().isClosed()).toBe(true);
    expect(lab.store.getState()).toMatchObject({ phase: 'idle', project: null, result: null, speed: 10, simulatedMs: 0 });
  });

  it('by Stop while the engine is still coming up leaves no run behind', async () => {
    const lab = laboratory();
    const starting = lab.store.start(emptyProject(), 'design-1');
    lab.store.stop();
    await starting;
    expect(lab.engine().posted).toEqual([]);
    expect(lab.store.getState().phase).toBe('idle');
    lab.wait(10_000);
    expect(lab.store.getState().phase).toBe('idle');
  });

  it('does not post a start that was overtaken while the engine was coming up', async () => {
    const lab = laboratory();
    const starting = lab.store.start(emptyProject(), 'design-1');
    lab.store.reset();
    await starting;
    expect(lab.engine().posted).toEqual([]);
    expect(lab.store.getState().phase).toBe('idle');
  });
});
