import { describe, expect, test } from 'vitest';
import { criticalPath, timeByKind, waterfallRows, whereabouts } from '../analysis/waterfall';
import type { Fault } from '../project/fault';
import { smallProject } from '../project/small-project';
import { DEFAULT_TRACE_OPTIONS, type Trace, type TraceOptions, traceSetSchema } from '../protocol/trace';
import type { TracedFault } from '../protocol/trace-messages';
import { createSession } from './session';
import { createTraceRun, serveTraces } from './traces';

/** Goal: every sort of span stands where the schedule, worked out on paper, says. Method: a few requests from a trace; all times in ms. */
type Params = Record<string, unknown>;
const constant = (valueMs: number) => ({ type: 'constant', valueMs });
const NO_DELAY = { latency: constant(0) };
const service = (id: string, params: Params = {}) => [id, 'service', { serviceTime: { type: 'request' }, ...params }] as const;

function traced(
  arrivals: readonly { readonly atMs: number; readonly workMs?: number }[],
  parts: readonly (readonly [string, string, Params?])[],
  links: readonly (readonly [string, string, Params?])[],
  options: Partial<TraceOptions> = {},
): Trace[] {
  const built = smallProject([['c', 'client', {}], ...parts], links, {
    arrivals: 'trace',
    trace: arrivals.map((row) => ({ workMs: 10, priority: 1, ...row })),
  });
  const project = { ...built, settings: { ...built.settings, durationMs: 1000, warmUpMs: 0, seriesPoints: 10 } };
  const run = createTraceRun(project, 'design', { ...DEFAULT_TRACE_OPTIONS, ...options });
  if (!run.ok) throw new Error(JSON.stringify(run.error));
  while (run.value.advance(1000));
  const set = run.value.traces();
  expect(traceSetSchema.safeParse(set).error).toBeUndefined();
  return [...set.traces];
}

/** A trace as lines, indented by what contains them. */
function lines(trace: Trace | undefined): string[] {
  const depth: number[] = [];
  return (trace?.spans ?? []).map((span, index) => {
    depth[index] = span.parent < 0 ? 0 : (depth[span.parent] ?? 0) + 1;
    const words = [
      span.kind,
      span.kind === 'call' ? span.linkId : (span.componentId ?? span.linkId),
      `${span.beginNs / 1e6}..${span.endNs === null ? '' : span.endNs / 1e6}`,
      span.outcome === 'completed' ? undefined : span.outcome,
      span.way,
      span.attempt === undefined ? undefined : `attempt ${span.attempt}`,
      span.hedge === true ? 'hedge' : undefined,
      span.abandoned === true ? 'abandoned' : undefined,
      span.unawaited === true ? 'unawaited' : undefined,
      span.fallback === true ? `fallback after ${span.cause}` : undefined,
      span.workEndNs === undefined ? undefined : `work until ${span.workEndNs / 1e6}`,
    ];
    return '  '.repeat(depth[index]) + words.filter((word) => word !== undefined).join(' ');
  });
}

/** The critical path as words: kind and length. */
const path = (trace: Trace): string =>
  criticalPath(trace, 1e9)
    .map(({ kind, beginNs, endNs }) => `${kind} ${(endNs - beginNs) / 1e6}`)
    .join(', ');

describe('spans of schedules worked out on paper', () => {
  test('[X1] a queue, a call in sequence and the way there and back', () => {
    // The second arrives at 1 + 2 = 3, the first is served 2..12: it waits 9 and is served 12..22, calls t (1 there, 5, 1 back) and returns at 31.
    const [, second] = traced(
      [{ atMs: 0 }, { atMs: 1 }],
      [service('s'), ['t', 'service', { serviceTime: constant(5) }]],
      [
        ['c', 's', { latency: constant(2) }],
        ['s', 't', { latency: constant(1) }],
      ],
    );
    expect(lines(second)).toEqual([
      'call c-s 1..31',
      '  passage c-s 1..3 request',
      '  visit s 3..29',
      '    queue s 3..12',
      '    service s 12..22',
      '    call s-t 22..29',
      '      passage s-t 22..23 request',
      '      visit t 23..28',
      '        service t 23..28',
      '      passage s-t 28..29 reply',
      '  passage c-s 29..31 reply',
    ]);
    expect(path(second as Trace)).toBe('network 2, waiting 9, service 10, network 1, service 5, network 1, network 2');
    expect(timeByKind(criticalPath(second as Trace, 0))[0]).toEqual({ kind: 'service', ns: 15e6 });
    expect(waterfallRows(second as Trace).map(({ depth, stretches }) => [depth, stretches.length])).toEqual([
      [0, 4],
      [1, 3],
    ]);
    // At 28.5 the reply of t is half way back to s, which waits for it.
    expect(whereabouts(second as Trace, 28.5e6)).toEqual({
      messages: [{ span: 9, linkId: 's-t', share: 0.5, reply: true, lost: false }],
      visits: [{ span: 2, componentId: 's', kind: null, vain: false }],
    });
  });

  test('[X2] of parallel calls the last one is on the critical path', () => {
    const [only] = traced(
      [{ atMs: 0 }],
      [service('s', { calls: 'parallel' }), ['a', 'service', { serviceTime: constant(5) }], ['b', 'service', { serviceTime: constant(8) }]],
      [
        ['c', 's', NO_DELAY],
        ['s', 'a', NO_DELAY],
        ['s', 'b', NO_DELAY],
      ],
    );
    expect(lines(only)).toEqual([
      'call c-s 0..18',
      '  visit s 0..18',
      '    service s 0..10',
      '    call s-a 10..15',
      '    call s-b 10..18',
      '      visit a 10..15',
      '        service a 10..15',
      '      visit b 10..18',
      '        service b 10..18',
    ]);
    expect(path(only as Trace)).toBe('service 10, service 8');
  });

  test('[X3] retries after errors wait 5 and then 10', () => {
    const [only] = traced(
      [{ atMs: 0 }],
      [service('s', { failureShare: 1 })],
      [['c', 's', { ...NO_DELAY, retries: 'backoff', attempts: 3, backoffBaseMs: 5, backoffFactor: 2, backoffJitter: 'none', retryErrors: true }]],
    );
    const attempt = (number: number, from: number): string[] => [
      `  call c-s ${from}..${from + 10} error attempt ${number}`,
      `    visit s ${from}..${from + 10} error`,
      `      service s ${from}..${from + 10}`,
    ];
    expect(lines(only)).toEqual([
      'call c-s 0..45 error',
      ...attempt(1, 0),
      '  backoff c-s 10..15',
      ...attempt(2, 15),
      '  backoff c-s 25..35',
      ...attempt(3, 35),
    ]);
    expect(path(only as Trace)).toBe('service 10, backoff 5, service 10, backoff 10, service 10');
    expect(only?.picks).toEqual(['failed', 'interval']);
  });

  test('[X4] a hedge that loses is not waited for, and works on', () => {
    const [only] = traced(
      [{ atMs: 0 }],
      [service('s', { servers: 2 })],
      [['c', 's', { ...NO_DELAY, hedging: 'delay', hedgeAfterMs: 4, hedgeCopies: 2, hedgeCancel: false }]],
    );
    expect(lines(only)).toEqual([
      'call c-s 0..10',
      '  call c-s 0..10 attempt 1',
      '    visit s 0..10',
      '      service s 0..10',
      '  call c-s 4..14 attempt 1 hedge unawaited',
      '    visit s 4..14',
      '      service s 4..14',
    ]);
    expect(path(only as Trace)).toBe('service 10');
  });

  test('[X4] what its caller gave up goes on', () => {
    const [only] = traced([{ atMs: 0, workMs: 50 }], [service('s')], [['c', 's', { ...NO_DELAY, timeoutMs: 20 }]]);
    expect(lines(only)).toEqual(['call c-s 0..20 timeout abandoned work until 50', '  visit s 0..50', '    service s 0..50']);
    expect(path(only as Trace)).toBe('service 20');
    expect(whereabouts(only as Trace, 30e6).visits).toEqual([{ span: 1, componentId: 's', kind: 'service', vain: true }]);
  });

  test('[X3] a bulkhead refuses, and a fallback answers', () => {
    const parts = [service('s')];
    const [, refused] = traced([{ atMs: 0 }, { atMs: 1 }], parts, [['c', 's', { ...NO_DELAY, bulkhead: 1 }]]);
    expect(lines(refused)).toEqual(['call c-s 1..1 bulkhead-full']);
    const [, covered] = traced([{ atMs: 0 }, { atMs: 1 }], parts, [['c', 's', { ...NO_DELAY, bulkhead: 1, fallback: true }]], { sampleRate: 1 });
    expect(lines(covered)).toEqual(['call c-s 1..1 fallback after bulkhead-full']);
  });

  test('[X2] a message waits for the link, is sent and travels; a lost one is noticed late', () => {
    // 1250 bytes at 1 Mbit/s take 10 ms; the second waits for the first.
    const slow = { latency: constant(3), bandwidthMbps: 1, requestBytes: 1250, responseBytes: 0 };
    const [, second] = traced([{ atMs: 0 }, { atMs: 4 }], [service('s', { servers: 2 })], [['c', 's', slow]]);
    expect(lines(second).slice(0, 5)).toEqual([
      'call c-s 4..36',
      '  link-queue c-s 4..10 request',
      '  sending c-s 10..20 request',
      '  passage c-s 20..23 request',
      '  visit s 23..33',
    ]);
    const [lost] = traced([{ atMs: 0 }], [service('s')], [['c', 's', { ...NO_DELAY, loss: 1, lossDetectionMs: 300 }]]);
    expect(lines(lost)).toEqual(['call c-s 0..300 link-lost', '  lost c-s 0..300']);
  });

  test('[X2] service that is interrupted, and the way through a balancer', () => {
    // Last come, first served: 0 works 0..4, is interrupted by 4 (4..14) and ends at 20.
    const [first] = traced(
      [{ atMs: 0 }, { atMs: 4 }],
      [['b', 'load-balancer', {}], service('s', { discipline: 'lifo-preemptive' })],
      [
        ['c', 'b', NO_DELAY],
        ['b', 's', { latency: constant(1) }],
      ],
    );
    expect(lines(first)).toEqual([
      'call c-b 0..22',
      '  visit b 0..22',
      '    passage b-s 0..1 request',
      '    visit s 1..21',
      '      service s 1..5',
      '      interrupted s 5..15',
      '      service s 15..21',
      '    passage b-s 21..22 reply',
    ]);
  });

  test('[X5] a request that has not ended is kept as such', () => {
    const [, second] = traced([{ atMs: 900, workMs: 500 }, { atMs: 950 }], [service('s')], [['c', 's', NO_DELAY]]);
    expect(lines(second)).toEqual(['call c-s 950.. under-way', '  visit s 950.. under-way', '    queue s 950..']);
    expect(second?.picks).toEqual(['under-way']);
  });
});

describe('choice of requests', () => {
  const parts = smallProject(
    [
      ['c', 'client'],
      ['s', 'service'],
    ],
    [['c', 's', { latency: constant(1) }]],
    { ratePerS: 40 },
  );
  const project = { ...parts, settings: { ...parts.settings, durationMs: 60_000, seriesPoints: 20 } };
  const set = (options: Partial<TraceOptions>) => {
    const run = createTraceRun(project, 'design', { ...DEFAULT_TRACE_OPTIONS, ...options });
    if (!run.ok) throw new Error(JSON.stringify(run.error));
    while (run.value.advance(100_000));
    return run.value.traces();
  };
  const latency = (trace: Trace): number => (trace.endNs ?? Number.NaN) - trace.beginNs;

  test('[X5] the slowest, the nearest and an even share are kept, and no more than was asked for', () => {
    const everything = set({ sampleRate: 1, sampleLimit: 2000, slowest: 0 });
    const sampled = everything.traces.filter(({ picks }) => picks.includes('sample'));
    expect(sampled.length).toBe(2000);
    const few = set({ slowest: 3, nearMs: [30], sampleRate: 0.1, sampleLimit: 1000 });
    const of = (pick: Trace['picks'][number]): Trace[] => few.traces.filter(({ picks }) => picks.includes(pick));
    expect(of('slowest').length).toBe(3);
    expect(of('near').length).toBe(3);
    for (const trace of of('near')) expect(Math.abs(latency(trace) / 1e6 - 30)).toBeLessThan(1);
    const slowest = Math.min(...of('slowest').map(latency));
    const others = everything.traces.filter((trace) => trace.outcome === 'completed' && latency(trace) > slowest);
    expect(others.length).toBeLessThanOrEqual(2);
    // 2400 requests at a rate of 0.1: 240, give or take four standard deviations.
    expect(Math.abs(of('sample').length - 240)).toBeLessThan(60);
    expect(few.traces.length).toBeLessThan(3 + 3 + of('sample').length + 40 + 10);
  });

  test('[X5] up to an instant the traces are those of the whole run', () => {
    const whole = set({ sampleRate: 1, sampleLimit: 2000 });
    const half = set({ sampleRate: 1, sampleLimit: 2000, untilMs: 10_000 });
    expect(half.simulatedMs).toBe(10_000);
    const ended = half.traces.filter(({ endNs }) => endNs !== null);
    expect(ended.length).toBeGreaterThan(300);
    const byNumber = new Map(whole.traces.map((trace) => [trace.number, trace]));
    for (const { picks: _, ...trace } of ended) {
      const same = byNumber.get(trace.number);
      if (same !== undefined) expect({ ...same, picks: undefined }).toEqual({ ...trace, picks: undefined });
    }
  });
});

test('[X6] a run with faults injected by hand is repeated with them', () => {
  const parts = smallProject(
    [
      ['c', 'client'],
      ['s', 'service'],
    ],
    [['c', 's', { timeoutMs: 100 }]],
    { ratePerS: 50 },
  );
  const project = { ...parts, settings: { ...parts.settings, durationMs: 5000, warmUpMs: 0 } };
  const session = createSession(project, 'design');
  if (!session.ok) throw new Error(JSON.stringify(session.error));
  const fault: Fault = {
    id: 'crash',
    name: 'Crash',
    target: 's',
    effect: { type: 'crash', silent: true, restartMs: 10 },
    timing: { type: 'once', atMs: 0, lastsMs: 0 },
  };
  session.value.breakAt(1000);
  while (session.value.advance(1000) !== 'break');
  expect(session.value.inject(fault)).toBeNull();
  session.value.breakAt(2000);
  while (session.value.advance(1000) !== 'break');
  session.value.clear('crash');
  while (session.value.advance(1000) !== 'finished');
  const result = session.value.result();
  const at = (type: string): number => result.journal.find((event) => event.type === type)?.atMs ?? Number.NaN;
  const faults: TracedFault[] = [{ fault, beginMs: at('fault-begins'), endMs: at('fault-ends') }];
  const messages: string[] = [];
  serveTraces({ type: 'trace', project, designId: 'design', options: DEFAULT_TRACE_OPTIONS, faults }, (message) => {
    messages.push(message.type);
    if (message.type !== 'done') return;
    expect(message.traces.requests.begun).toBe(result.endToEnd.metrics.offered);
    const slowest = Math.max(
      ...message.traces.traces.filter(({ outcome }) => outcome === 'completed').map((trace) => ((trace.endNs ?? 0) - trace.beginNs) / 1e6),
    );
    expect(slowest).toBeCloseTo(result.endToEnd.metrics.latencyMaxMs ?? Number.NaN, 6);
    const down = message.traces.traces.find(({ outcome }) => outcome === 'timeout');
    expect(down?.spans.some(({ kind }) => kind === 'lost')).toBe(true);
  });
  expect(messages.at(-1)).toBe('done');
  serveTraces({ type: 'trace' }, (message) => expect(message.type).toBe('bug'));
});
