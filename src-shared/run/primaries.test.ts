import { expect, test } from 'vitest';
import { type DatabaseValues, DESIGN_ID, draft } from '../validation/draft';
import { type Frame, NO_COPIES, NO_PRIMARY } from './frame';
import { createSession, type Session } from './session';

function started(values: DatabaseValues): Session {
  const parts = draft('primaries');
  parts.client('clients', { ratePerS: 100 });
  parts.database('data', { copyDelay: { type: 'constant', valueMs: 10 }, heartbeatMs: 100, failureTimeoutMs: 300, timeoutSpreadMs: 200, ...values });
  parts.link('clients', 'data');
  const built = parts.build({ durationMs: 5000, warmUpMs: 0, replications: 2 });
  const crash = {
    id: 'crash',
    name: 'Crash',
    target: 'data',
    instance: 0,
    effect: { type: 'crash', silent: false, restartMs: 0 },
    timing: { type: 'once', atMs: 1000, lastsMs: 1500 },
  } as const;
  const opened = createSession({ ...built, designs: built.designs.map((design) => ({ ...design, faults: [crash] })) }, DESIGN_ID);
  if (!opened.ok) throw new Error(JSON.stringify(opened.error));
  return opened.value;
}

/** Frames at given instants, in ms. */
function framesAt(session: Session, instants: readonly number[]): readonly Frame[] {
  return instants.map((atMs) => {
    session.breakAt(atMs);
    while (session.simulatedMs() < atMs && session.advance(1e6) === 'running');
    return session.frame();
  });
}

test('frames tell the primary of copies: the first at the beginning, none after its crash, then whom the journal says was promoted, also when the first is back', () => {
  const frames = framesAt(started({ copies: 3, failover: 'automatic' }), [999, 1200, 2000, 3000]);
  const promoted = frames.flatMap(({ journal }) => journal).find(({ type }) => type === 'promotion');
  const leader = promoted?.instance;
  expect([1, 2]).toContain(leader);
  expect(promoted?.atMs).toBeGreaterThan(1200);
  expect(promoted?.atMs).toBeLessThan(2000);
  expect(frames.map(({ primaries }) => [...(primaries ?? [])])).toEqual([
    [NO_COPIES, 0],
    [NO_COPIES, NO_PRIMARY],
    [NO_COPIES, leader],
    [NO_COPIES, leader],
  ]);
});

test('without a failover the first leads again once it is back', () => {
  const frames = framesAt(started({ copies: 2, failover: 'none' }), [999, 2000, 3000]);
  expect(frames.map(({ primaries }) => primaries?.[1])).toEqual([0, NO_PRIMARY, 0]);
});

test('frames of designs without copies say nothing of it', () => {
  expect(framesAt(started({ copies: 1 }), [999])[0]).not.toHaveProperty('primaries');
});
