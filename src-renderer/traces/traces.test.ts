import { expect, test, vi } from 'vitest';
import { traceNames } from '../../src-shared/analysis/trace-text';
import { smallProject } from '../../src-shared/project/small-project';
import { DEFAULT_TRACE_OPTIONS, type TraceSet } from '../../src-shared/protocol/trace';
import type { ToTracer } from '../../src-shared/protocol/trace-messages';
import { serveTraces } from '../../src-shared/run/traces';
import { type TraceWorker, tracer } from '../bridge/traces';
import { filterRows, NO_FILTER, poorExample, traceAt, traceFailed, traceNear, traceRows } from './trace-rows';

const parts = smallProject(
  [
    ['c', 'client'],
    ['s', 'service', { queueLimit: 2 }],
  ],
  [['c', 's', { retries: 'backoff', attempts: 2, backoffBaseMs: 5 }]],
  { ratePerS: 90 },
);
const project = { ...parts, settings: { ...parts.settings, durationMs: 10_000, warmUpMs: 0, seriesPoints: 10 } };
const request: ToTracer = { type: 'trace', project, designId: 'design', options: { ...DEFAULT_TRACE_OPTIONS, nearMs: [20] }, faults: [] };
const idle = (): void => {};

async function traced(): Promise<TraceSet> {
  const run = tracer((onMessage): TraceWorker => ({ post: (message) => serveTraces(message, (answer) => onMessage(structuredClone(answer))), close: idle }));
  const shares: number[] = [];
  const outcome = await run(request, (share) => shares.push(share), new AbortController().signal);
  if (outcome.outcome !== 'done') throw new Error(JSON.stringify(outcome));
  return outcome.traces;
}

test('a worker that traces is asked by messages; one that dies or speaks in riddles is reported, and cancelling ends it', async () => {
  const close = vi.fn();
  const dead = tracer((_onMessage, onFailure) => ({ post: () => onFailure('gone'), close }));
  expect(await dead(request, idle, new AbortController().signal)).toEqual({ outcome: 'failed', why: 'gone' });
  const riddle = tracer((onMessage) => ({ post: () => onMessage({ type: 'done', traces: 1 }), close }));
  expect((await riddle(request, idle, new AbortController().signal)).outcome).toBe('failed');
  const abort = new AbortController();
  const slow = tracer(() => ({ post: () => abort.abort(), close }))(request, idle, abort.signal);
  expect(await slow).toEqual({ outcome: 'cancelled' });
  expect(close).toHaveBeenCalledTimes(3);
});

test('traces become lines that filters narrow, and the request is found that was asked for', async () => {
  const set = await traced();
  const rows = traceRows(set, traceNames(project.designs[0]));
  expect(rows.length).toBe(set.traces.length);
  expect(rows.map(({ latencyMs }) => latencyMs)).toEqual(rows.map(({ latencyMs }) => latencyMs).sort((one, other) => other - one));
  expect(rows[0]?.client).toBe('C');
  const again = filterRows(rows, { ...NO_FILTER, again: true });
  expect(again.length).toBeGreaterThan(0);
  expect(again.every((row) => row.retries > 0)).toBe(true);
  expect(filterRows(rows, { ...NO_FILTER, componentId: 's' }).length).toBe(rows.length);
  expect(filterRows(rows, { ...NO_FILTER, componentId: 'elsewhere' })).toEqual([]);
  const slow = filterRows(rows, { ...NO_FILTER, slowerThanMs: 30, outcome: 'completed' });
  expect(slow.length).toBeGreaterThan(0);
  expect(slow.every((row) => row.latencyMs >= 30 && row.outcome === 'completed')).toBe(true);

  const near = traceNear(set, 20);
  // A percentile of all replications may lie where the one that is traced has nothing: that is said.
  expect(poorExample(near as never, 20)).toBeNull();
  expect(poorExample(near as never, 25)).toMatch(/took 25 ms\. This is the nearest: (19|20)(\.\d+)? ms\.$/);
  expect(Math.abs(((near?.endNs ?? 0) - (near?.beginNs ?? 0)) / 1e6 - 20)).toBeLessThan(0.5);
  const failed = traceFailed(set, 'queue-full');
  expect(failed?.outcome).toBe('queue-full');
  // 3500 ms lies in the interval from 3000 to 4000: of those kept that ended in it, the slowest.
  const at = traceAt(set, 3500);
  const inside = set.traces.filter(({ endNs }) => endNs !== null && endNs > 3000e6 && endNs <= 4000e6);
  expect(inside.map(({ number }) => number)).toContain(at?.number);
  for (const trace of inside) expect((trace.endNs ?? 0) - trace.beginNs).toBeLessThanOrEqual((at?.endNs ?? 0) - (at?.beginNs ?? 0));
});
