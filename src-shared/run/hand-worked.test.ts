import { describe, expect, test } from 'vitest';
import { emptyProject, type Project } from '../project/project';
import type { LoggedRequest, RunResult } from './result';
import { simulate } from './simulate';

/** Goal: every rule about calls and links that has no closed form is checked against a schedule worked out on paper. Method: traces of a few requests. */
type Params = Record<string, unknown>;
const constant = (valueMs: number) => ({ type: 'constant', valueMs });
/** A link without delay, with what the test adds. */
const wire = (id: string, from: string, to: string, params: Params = {}) => ({ id, from, to, params: { latency: constant(0), ...params } });
const service = (id: string, params: Params) => ({ id, kind: 'service', name: id, params: { serviceTime: { type: 'request' }, ...params } });

interface Arrival {
  readonly atMs: number;
  readonly workMs?: number;
  readonly priority?: number;
}

function run(
  arrivals: readonly Arrival[],
  parts: Project['designs'][number]['components'],
  links: Project['designs'][number]['links'],
  durationMs = 1000,
): RunResult {
  const empty = emptyProject('Hand-worked');
  const project: Project = {
    ...empty,
    settings: { ...empty.settings, durationMs, warmUpMs: 0, requestLog: 100, seriesPoints: 10 },
    workloads: [{ id: 'load', name: 'Load', params: { arrivals: 'trace', trace: arrivals.map((row) => ({ workMs: 10, priority: 1, ...row })) } }],
    designs: [
      { id: 'd', name: 'D', components: [{ id: 'c', kind: 'client', name: 'c', workload: 'load', params: {} }, ...parts], links, faults: [], notes: [] },
    ],
  };
  const result = simulate(project, 'd');
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  expect(result.value.checks.conservation.violations).toEqual([]);
  expect(result.value.checks.little.holds).toBe(true);
  return result.value;
}
const ends = (result: RunResult): Record<number, number> => Object.fromEntries(result.requests.map((row: LoggedRequest) => [row.arrivalMs, row.endMs]));
const outcomes = (result: RunResult): string[] => [...result.requests].sort((a, b) => a.arrivalMs - b.arrivalMs).map((row) => row.outcome);

describe('calls and links, worked out on paper', () => {
  test('[S1] one server, queue limit 1: the third of three overlapping requests is refused at once', () => {
    // 0 served 0..10; 1 waits, served 10..20; 2 finds one waiting: refused at 2.
    const result = run([{ atMs: 0 }, { atMs: 1 }, { atMs: 2 }], [service('s', { queueLimit: 1 })], [wire('l', 'c', 's')]);
    expect(ends(result)).toEqual({ 0: 10, 1: 20, 2: 2 });
    expect(outcomes(result)).toEqual(['completed', 'completed', 'queue-full']);
    expect(result.endToEnd.failures).toEqual({ 'queue-full': 1 });
  });

  test('[Q3] a timeout ends the request; the work goes on and makes the next one wait', () => {
    // 0 needs 50, given up at 20, served until 50 all the same; 30 (work 5) waits for it: 50..55, in time for its own limit at 50 + ...: 30 + 20 = 50 < 55.
    const result = run(
      [
        { atMs: 0, workMs: 50 },
        { atMs: 40, workMs: 5 },
      ],
      [service('s', {})],
      [wire('l', 'c', 's', { timeoutMs: 20 })],
    );
    // The second waits 10 and is served 50..55, within its limit at 60.
    expect(ends(result)).toEqual({ 0: 20, 40: 55 });
    expect(outcomes(result)).toEqual(['timeout', 'completed']);
    expect(result.components.find((part) => part.id === 's')?.metrics.completed).toBe(2);
  });

  test('[T2] a reply at the very instant of its timeout counts', () => {
    expect(outcomes(run([{ atMs: 0, workMs: 20 }], [service('s', {})], [wire('l', 'c', 's', { timeoutMs: 20 })]))).toEqual(['completed']);
  });

  test('[Q5] a lost message is noticed after the detection time, or by the timeout if that is sooner', () => {
    const lost = run([{ atMs: 0 }], [service('s', {})], [wire('l', 'c', 's', { loss: 1, lossDetectionMs: 300 })]);
    expect(ends(lost)).toEqual({ 0: 300 });
    expect(outcomes(lost)).toEqual(['link-lost']);
    const sooner = run([{ atMs: 0 }], [service('s', {})], [wire('l', 'c', 's', { loss: 1, lossDetectionMs: 300, timeoutMs: 100 })]);
    expect(ends(sooner)).toEqual({ 0: 100 });
    expect(outcomes(sooner)).toEqual(['timeout']);
  });

  test('[L1] messages queue for the transmitter, are sent, then propagate; a full buffer drops', () => {
    // 8 Mbit/s: 1000 bytes take 1 ms. Three at once leave at 1, 2, 3 and arrive 5 later; served in no time; replies of 10,000 bytes take 10 ms each
    // one after the other (from 6, 16, 26) and 5 to come back: 21, 31, 41.
    const instant = service('s', { serviceTime: constant(0), servers: 10 });
    const link = { bandwidthMbps: 8, latency: constant(5) };
    const result = run([{ atMs: 0 }, { atMs: 0 }, { atMs: 0 }], [instant], [wire('l', 'c', 's', link)]);
    expect(result.requests.map((row) => row.endMs)).toEqual([21, 31, 41]);
    // With room for 1500 bytes the third finds 2000 bytes waiting and is dropped; the caller learns of it after 50 ms.
    const small = run(
      [{ atMs: 0 }, { atMs: 0 }, { atMs: 0 }],
      [instant],
      [wire('l', 'c', 's', { ...link, bufferBytes: 1500, lossDetectionMs: 50, responseBytes: 0 })],
    );
    expect(small.endToEnd.failures).toEqual({ 'link-full': 1 });
    expect(small.requests.map((row) => row.endMs)).toEqual([11, 12, 50]);
  });

  test('calls in sequence add up, in parallel the slowest counts; a failure comes up with its reason', () => {
    const parts = (calls: string, waitFor: number | null = null) => [
      service('s', { serviceTime: constant(1), calls, waitFor }),
      service('a', { serviceTime: constant(10) }),
      service('b', { serviceTime: constant(30) }),
    ];
    const links = [wire('l', 'c', 's'), wire('la', 's', 'a', { latency: constant(2) }), wire('lb', 's', 'b', { latency: constant(3) })];
    expect(ends(run([{ atMs: 0 }], parts('sequence'), links))).toEqual({ 0: 1 + (2 + 10 + 2) + (3 + 30 + 3) });
    expect(ends(run([{ atMs: 0 }], parts('parallel'), links))).toEqual({ 0: 1 + 36 });
    expect(ends(run([{ atMs: 0 }], parts('parallel', 1), links))).toEqual({ 0: 1 + 14 });
    // [Q6] The first call fails at 1 + 2 + 2 (refused: no server free for nobody can wait): the second is never made.
    const busy = run(
      [{ atMs: 0 }, { atMs: 0.5 }],
      [
        service('s', { serviceTime: constant(1), servers: 2 }),
        service('a', { serviceTime: constant(10), queueLimit: 0 }),
        service('b', { serviceTime: constant(30) }),
      ],
      links,
    );
    expect(outcomes(busy)).toEqual(['completed', 'queue-full']);
    expect(ends(busy)[0.5]).toBe(0.5 + 1 + 4);
    expect(busy.components.find((part) => part.id === 'b')?.metrics.offered).toBe(1);
  });

  test('[S6] a held server is busy while its request calls; a released one serves others', () => {
    const parts = (whileCalling: string) => [
      service('s', { serviceTime: constant(10), whileCalling }),
      service('a', { serviceTime: constant(20), servers: 2 }),
    ];
    const links = [wire('l', 'c', 's'), wire('la', 's', 'a')];
    // Held: 0..30, then 30..60. Released: 0..10 at s and 10..30 at a; the second 10..20 at s, 20..40 at a.
    expect(ends(run([{ atMs: 0 }, { atMs: 1 }], parts('hold'), links))).toEqual({ 0: 30, 1: 60 });
    expect(ends(run([{ atMs: 0 }, { atMs: 1 }], parts('release'), links))).toEqual({ 0: 30, 1: 40 });
  });

  test('[Q4] a forwarded request is answered straight to the caller over the caller’s link', () => {
    const links = [wire('l', 'c', 's', { latency: constant(5), replyLatency: constant(7) }), wire('f', 's', 'a', { mode: 'forward', latency: constant(11) })];
    expect(ends(run([{ atMs: 0 }], [service('s', { serviceTime: constant(1) }), service('a', { serviceTime: constant(2) })], links))).toEqual({
      0: 5 + 1 + 11 + 2 + 7,
    });
  });

  test('a balancer passes replies on, or lets the target answer', () => {
    const parts = (replies: string) => [{ id: 'b', kind: 'load-balancer', name: 'b', params: { replies } }, service('s', { replicas: 2 })];
    const links = [wire('l', 'c', 'b', { latency: constant(3) }), wire('m', 'b', 's', { latency: constant(4) })];
    // Two requests at once go to two replicas by turns; the third waits for the first.
    const arrivals = [{ atMs: 0 }, { atMs: 1 }, { atMs: 2 }];
    expect(ends(run(arrivals, parts('proxy'), links))).toEqual({ 0: 3 + 4 + 10 + 4 + 3, 1: 25, 2: 17 + 10 + 4 + 3 });
    expect(ends(run(arrivals, parts('direct'), links))).toEqual({ 0: 3 + 4 + 10 + 3, 1: 21, 2: 17 + 10 + 3 });
  });

  test('[S4] an urgent request interrupts, and the interrupted one resumes where it was', () => {
    // 0 (priority 5) served 0..4, interrupted until 9, resumed 9..15.
    const result = run(
      [
        { atMs: 0, workMs: 10, priority: 5 },
        { atMs: 4, workMs: 5, priority: 0 },
      ],
      [service('s', { discipline: 'priority-preemptive' })],
      [wire('l', 'c', 's')],
    );
    expect(ends(result)).toEqual({ 0: 15, 4: 9 });
  });

  test('[S5] two requests at one shared server are each served at half speed', () => {
    // 0 alone until 4 (6 left), both until 4 + 2*5 = 14 when the second (5) is done; the first has 1 left: 15.
    const result = run(
      [
        { atMs: 0, workMs: 10 },
        { atMs: 4, workMs: 5 },
      ],
      [service('s', { discipline: 'processor-sharing' })],
      [wire('l', 'c', 's')],
    );
    expect(ends(result)).toEqual({ 0: 15, 4: 14 });
  });
});
