import { describe, expect, test } from 'vitest';
import type { Fault } from '../project/fault';
import type { Project } from '../project/project';
import { DESIGN_ID, draft } from '../validation/draft';
import type { RunResult } from './result';
import { createSession, type Session } from './session';
import { simulate } from './simulate';

const LINK = 'link-1';
const fault = (id: string, target: string, effect: Fault['effect'], lastsMs = 0): Fault => ({
  id,
  name: id,
  target,
  effect,
  timing: { type: 'once', atMs: 0, lastsMs },
});
const pause: Fault['effect'] = { type: 'pause' };

function project(settings: Partial<Project['settings']> = {}, faults: readonly Fault[] = []): Project {
  const parts = draft('Live');
  parts.client('clients', { ratePerS: 400 });
  parts.balancer('balancer', { algorithm: 'least-connections' });
  parts.service('web', { replicas: 2, serviceTime: { type: 'exponential', meanMs: 4 } });
  parts.link('clients', 'balancer', { latency: { type: 'exponential', meanMs: 1 }, timeoutMs: 300 });
  parts.link('balancer', 'web');
  const built = parts.build({ durationMs: 5000, warmUpMs: 0, seriesPoints: 20, requestLog: 100, ...settings });
  return { ...built, designs: built.designs.map((design) => ({ ...design, faults: [...faults] })) };
}

function start(of: Project): Session {
  const session = createSession(of, DESIGN_ID);
  if (!session.ok) throw new Error(JSON.stringify(session.error));
  return session.value;
}
function runTo(session: Session, ms: number): void {
  session.breakAt(ms);
  while (session.advance(1000) === 'running');
}
function finish(session: Session): RunResult {
  while (session.advance(10_000) !== 'finished');
  return session.result();
}
/** The same without what says how a fault came into the run. */
const numbers = ({ faults, ...rest }: RunResult) => ({ ...rest, faults: faults.map(({ id, windows }) => ({ id, windows })) });

describe('faults injected into a run', () => {
  test.each<[string, Fault]>([
    ['a crash', fault('x', 'web', { type: 'crash', silent: false, restartMs: 100 }, 700)],
    ['a silent crash', fault('x', 'web', { type: 'crash', silent: true, restartMs: 0 }, 700)],
    ['a pause', fault('x', 'web', pause, 200)],
    ['slowness', fault('x', 'web', { type: 'slow', factor: 3 }, 900)],
    ['errors', fault('x', 'web', { type: 'errors', share: 0.3 }, 900)],
    ['a surge', fault('x', 'clients', { type: 'surge', factor: 1.5 }, 900)],
    ['latency', fault('x', LINK, { type: 'latency', addedMs: 15 }, 900)],
    ['loss', fault('x', LINK, { type: 'loss', share: 0.2 }, 900)],
    ['a cut', fault('x', LINK, { type: 'cut', direction: 'replies' }, 300)],
    ['a resize', fault('x', 'web', { type: 'resize', machine: 'vcpu-2', restartMs: 50 }, 900)],
  ])('[F9] %s gives the numbers of a run from a file that has it at that time', (_name, wanted) => {
    const session = start(project());
    runTo(session, 1234.5);
    expect(session.inject(wanted)).toBeNull();
    const live = finish(session);
    const [about] = live.faults;
    expect(about).toMatchObject({ id: 'x', live: true });
    const window = about?.windows[0];
    // In the nanosecond after the break.
    expect(window?.beginMs).toBeCloseTo(1234.5, 5);
    expect(window?.endMs).toBeCloseTo((window?.beginMs ?? 0) + (wanted.timing.type === 'once' ? wanted.timing.lastsMs : 0), 5);
    const again: Fault = { ...wanted, timing: { type: 'once', atMs: window?.beginMs ?? 0, lastsMs: (window?.endMs ?? 0) - (window?.beginMs ?? 0) } };
    const fromFile = simulate(project({}, [again]), DESIGN_ID);
    if (!fromFile.ok) throw new Error(JSON.stringify(fromFile.error));
    expect(fromFile.value.faults[0]?.live).toBe(false);
    expect(numbers(live)).toEqual(numbers(fromFile.value));
    const without = simulate(project(), DESIGN_ID);
    expect(without.ok && without.value.endToEnd.metrics.latencyMeanMs).not.toBe(live.endToEnd.metrics.latencyMeanMs);
  });

  test('without a length lasts until it is cleared, and can be cleared once', () => {
    const session = start(project());
    runTo(session, 1000);
    expect(session.inject(fault('x', 'web', pause))).toBeNull();
    runTo(session, 2000);
    session.clear('x');
    session.clear('x');
    session.clear('nobody');
    const result = finish(session);
    expect(result.faults[0]?.windows).toEqual([{ beginMs: expect.closeTo(1000, 5), endMs: expect.closeTo(2000, 5) }]);
    expect(result.components.find(({ id }) => id === 'web')?.metrics.availability).toBeCloseTo(0.8, 6);
    expect(result.journal.filter(({ faultId }) => faultId === 'x').map(({ type }) => type)).toEqual(['fault-begins', 'fault-ends']);
  });

  test('is part of replications that begin later, and of the one that is run again after the warm-up was found', () => {
    for (const warmUpMs of [0, 'auto'] as const) {
      const session = start(project({ warmUpMs, replications: 3 }));
      runTo(session, 1000);
      expect(session.inject(fault('x', 'web', pause))).toBeNull();
      runTo(session, 2000);
      session.clear('x');
      const live = finish(session);
      const window = live.faults[0]?.windows[0];
      const at = window?.beginMs ?? 0;
      const fromFile = simulate(
        project({ warmUpMs, replications: 3 }, [{ ...fault('x', 'web', pause), timing: { type: 'once', atMs: at, lastsMs: (window?.endMs ?? 0) - at } }]),
        DESIGN_ID,
      );
      expect(fromFile.ok && numbers(fromFile.value)).toEqual(numbers(live));
    }
  });

  test('is refused with the problem where it does not fit, has an id twice, or comes too late', () => {
    const session = start(project({ durationMs: 2000 }, [fault('taken', 'web', pause, 10)]));
    runTo(session, 1000);
    expect(session.inject(fault('x', 'moon', pause))).toMatchObject({ code: 'fault-target-missing', recordId: 'x' });
    expect(session.inject(fault('x', 'clients', pause))).toMatchObject({ code: 'fault-does-not-fit' });
    expect(session.inject({ ...fault('x', 'web', pause), instance: 2 })).toMatchObject({ code: 'fault-no-such-instance' });
    expect(session.inject(fault('taken', 'web', pause))).toMatchObject({ code: 'duplicate-id' });
    expect(session.inject(fault('x', 'web', pause, 10))).toBeNull();
    expect(session.inject(fault('x', 'web', pause, 10))).toMatchObject({ code: 'duplicate-id' });
    // What is on the timeline is not cleared by hand: the run would not be that of the file.
    session.clear('taken');
    for (let i = 0; i < 199; i++) expect(session.inject(fault(`more-${i}`, 'web', pause, 1))).toBeNull();
    expect(session.inject(fault('one-more', 'web', pause, 1))).toMatchObject({ code: 'too-many-injected-faults' });
    const result = finish(session);
    expect(result.faults.length).toBe(201);
    expect(result.checks.conservation.holds).toBe(true);
    expect(session.inject(fault('late', 'web', pause, 10))).toMatchObject({ code: 'run-is-over' });
  });
});
