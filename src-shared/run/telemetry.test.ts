import { describe, expect, test } from 'vitest';
import { compile } from '../compile/compile';
import type { MetricName } from '../engine/metrics';
import type { Distribution } from '../kinds/distribution';
import type { RunSettings } from '../project/project';
import { DEFAULT_TRACE_OPTIONS } from '../protocol/trace';
import { DESIGN_ID, type Draft, draft } from '../validation/draft';
import type { RunResult } from './result';
import { createSession } from './session';
import { simulate } from './simulate';
import { createTraceRun } from './traces';

type Values = Readonly<Record<string, unknown>>;

const constant = (valueMs: number): Distribution => ({ type: 'constant', valueMs });
const request = (atMs: number) => ({ atMs, workMs: 0, priority: 1 });

/** Clients, a service and a collector that it reports to; the link to the collector is the last one. */
function observed(arrivalsMs: readonly number[], collector: Values, link: Parameters<Draft['link']>[2], service: Values = {}): Draft {
  const parts = draft('Observed');
  parts.client('clients', { arrivals: 'trace', trace: arrivalsMs.map(request) });
  parts.service('service', { replicas: 1, servers: 1, serviceTime: constant(10), ...service });
  parts.part('collector', 'telemetry-collector', { sampling: 1, points: 0, spanCostMs: 0, spanProcessingMs: 0, intervalMs: 100_000, ...collector });
  parts.link('clients', 'service');
  parts.link('service', 'collector', link);
  return parts;
}

function run(parts: Draft, settings: Partial<RunSettings>): RunResult {
  const outcome = simulate(parts.build({ warmUpMs: 0, ...settings }), DESIGN_ID);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.error));
  expect(outcome.value.checks.conservation).toMatchObject({ holds: true, violations: [] });
  expect(outcome.value.checks.little.holds).toBe(true);
  return outcome.value;
}

const of = (result: RunResult, id: string, name: MetricName): number =>
  [...result.components, ...result.links].find((row) => row.id === id)?.metrics[name] ?? Number.NaN;
const TO_COLLECTOR = 'link-2';

describe('a schedule worked out by hand', () => {
  // Five requests at 0, 100, 200, 300 and 1100 ms, each traced: 10 ms of work and 2 ms for the span.
  // Spans end at 12, 112 and 212 ms: the third fills the batch, which leaves at 212, is sent for 3 ms (3000 bytes at 8 Mbit/s), travels
  // for 5 ms and is processed for 12 ms, until 232. The fourth span ends at 312 and waits for the export delay: 562 + 1 + 5 + 4 = 572.
  // At 1000 the instance reports: 10 ms to send, 5 ms to travel, 10 ms to process, until 1025. The report costs it 5 ms, which the
  // request of 1100 pays: it ends at 1117, and its span is seen at 1117 + 250 + 1 + 5 + 4 = 1377.
  const result = run(
    observed(
      [0, 100, 200, 300, 1100],
      {
        spanCostMs: 2,
        points: 100,
        pointCostMs: 0.05,
        intervalMs: 1000,
        exportDelayMs: 250,
        batchSpans: 3,
        spanBytes: 1000,
        pointBytes: 100,
        servers: 1,
        spanProcessingMs: 4,
        pointProcessingMs: 0.1,
      },
      { bandwidthMbps: 8, latency: constant(5) },
    ),
    { durationMs: 1500, seriesPoints: 15 },
  );

  test('[E1] [E2] [E3] spans are seen when their batch has been processed', () => {
    expect(of(result, TO_COLLECTOR, 'spansSeen')).toBe(5);
    // 220 + 120 + 20, 260, 260
    expect(of(result, TO_COLLECTOR, 'spanDelayMeanMs')).toBeCloseTo(880 / 5, 9);
    expect(of(result, TO_COLLECTOR, 'seenLatencyMeanMs')).toBeCloseTo((4 * 12 + 17) / 5, 9);
  });

  test('[E4] telemetry is service time at the part', () => {
    expect(of(result, TO_COLLECTOR, 'telemetryOverheadShare')).toBeCloseTo(15 / 65, 9);
    expect(of(result, 'service', 'serviceMeanMs')).toBeCloseTo(65 / 5, 9);
    expect(of(result, 'collector', 'utilisation')).toBeCloseTo((12 + 4 + 10 + 4) / 1500, 9);
  });

  test('[E5] a report tells what happened since the one before, and ages until the next', () => {
    expect(of(result, TO_COLLECTOR, 'seenThroughput')).toBeCloseTo(4, 9);
    expect(of(result, TO_COLLECTOR, 'seenUtilisation')).toBeCloseTo(0.048, 9);
    // The age grows from 0 to 1025 ms, falls to 25 and grows to 500: 1025 * 1025 / 2 + (500 * 500 - 25 * 25) / 2 = 650,000 in 1500 ms.
    expect(of(result, TO_COLLECTOR, 'telemetryAgeMeanMs')).toBeCloseTo(650_000 / 1500, 6);
    expect(of(result, TO_COLLECTOR, 'bytesRate')).toBeCloseTo((5 * 1000 + 100 * 100) / 1.5, 6);
  });

  test('[E6] the series shows what the collector shows at each instant', () => {
    const columns = result.series.telemetry?.[0]?.columns;
    expect(result.series.telemetry?.[0]).toMatchObject({ linkId: TO_COLLECTOR, componentId: 'service', collectorId: 'collector' });
    // Points at 100, 200, … 1500 ms: nothing is known before 1025.
    expect(columns?.seenPerS.slice(9, 12)).toEqual([null, 4, 4]);
    expect(columns?.ageMs.slice(9, 12)).toEqual([null, 100, 200]);
    expect(columns?.spans.slice(8, 12)).toEqual([null, 4, 4, 4]);
    expect(columns?.trueP50Ms[10]).toBeCloseTo(12, 0);
    expect(columns?.seenP50Ms[10]).toBe(columns?.trueP50Ms[10]);
  });

  test('[E7] requests end to end are those of clients alone', () => {
    expect(result.endToEnd.metrics).toMatchObject({ offered: 5, completed: 5, failed: 0 });
    expect(result.operations).toHaveLength(1);
    expect(of(result, 'collector', 'completed')).toBe(4);
  });
});

describe('what does not arrive', () => {
  test('[E2] a span that finds the buffer full is dropped', () => {
    const result = run(observed([0, 100, 200, 300], { bufferSpans: 3, exportDelayMs: 1000 }, {}), { durationMs: 5000 });
    expect(of(result, TO_COLLECTOR, 'spanDropShare')).toBe(0.25);
    expect(of(result, TO_COLLECTOR, 'spansSeen')).toBe(3);
  });

  test('[E2] while a batch is under way the next spans wait, however many there are', () => {
    // The first batch leaves at 10 ms with one span and takes the collector 500 ms; the other two wait for it and leave together.
    const result = run(observed([0, 100, 200], { batchSpans: 1, spanProcessingMs: 500, exportDelayMs: 0 }, {}), { durationMs: 5000 });
    // Seen at 510; then one after the other, batches of one: 1010 and 1510.
    expect(of(result, TO_COLLECTOR, 'spanDelayMeanMs')).toBeCloseTo((500 + 900 + 1300) / 3, 6);
  });

  test('[E3] a batch that the link loses is lost with all its spans', () => {
    const result = run(observed([0, 100, 200], { batchSpans: 3 }, { loss: 1, lossDetectionMs: 100 }), { durationMs: 20_000 });
    expect(of(result, TO_COLLECTOR, 'spanLossShare')).toBe(1);
    expect(of(result, TO_COLLECTOR, 'spansSeen')).toBe(0);
  });

  test('[E3] a batch that finds the queue of the collector full is refused and lost', () => {
    const parts = observed([0], { queueLimit: 0, servers: 1, spanProcessingMs: 100, exportDelayMs: 100 }, {});
    parts.service('other', { replicas: 1, servers: 1, serviceTime: constant(10) });
    parts.link('service', 'other');
    parts.link('other', 'collector');
    // Both spans leave 100 ms after their end: that of the other at 20 + 100, that of the service at the same instant, second.
    const result = run(parts, { durationMs: 5000 });
    expect(of(result, 'collector', 'failed')).toBe(1);
    expect(result.components.find(({ id }) => id === 'collector')?.failures).toEqual({ 'queue-full': 1 });
    expect(of(result, TO_COLLECTOR, 'spanLossShare') + of(result, 'link-4', 'spanLossShare')).toBe(1);
  });

  test('[E2] what waits in the memory of an instance is gone when it goes down, and that is told', () => {
    const parts = observed([0, 100, 2000], { exportDelayMs: 1000, intervalMs: 1500 }, {});
    parts.fault('service', { type: 'crash', silent: false, restartMs: 0 }, { type: 'once', atMs: 500, lastsMs: 300 });
    const result = run(parts, { durationMs: 5000 });
    expect(of(result, TO_COLLECTOR, 'spanDropShare')).toBeCloseTo(2 / 3, 9);
    expect(of(result, TO_COLLECTOR, 'spansSeen')).toBe(1);
    expect(result.journal.filter(({ type }) => type === 'telemetry-dropped')).toMatchObject([
      { atMs: 1500, componentId: 'service', linkId: TO_COLLECTOR, value: 2 },
    ]);
  });
});

describe('theory', () => {
  test('[E4] a part with spans is an M/G/1 queue whose service is longer for a share of the requests', () => {
    // λ = 60/s; S = 10 ms exponential plus 5 ms with chance 0.3: E[S] = 11.5 ms, Var S = 100 + 0.3 * 0.7 * 25 = 105.25 ms².
    // ρ = 0.69; Pollaczek and Khinchine: Wq = λ E[S²] / (2 (1 - ρ)) = 0.06 * (105.25 + 132.25) / 0.62 = 22.98 ms.
    const parts = draft('M/G/1');
    parts.client('clients', { arrivals: 'poisson', ratePerS: 60 });
    parts.service('service', { replicas: 1, servers: 1, serviceTime: { type: 'exponential', meanMs: 10 } });
    parts.part('collector', 'telemetry-collector', { sampling: 0.3, spanCostMs: 5, points: 0 });
    parts.link('clients', 'service');
    parts.link('service', 'collector');
    const result = run(parts, { durationMs: 1_500_000, warmUpMs: 10_000, seriesPoints: 10 });
    expect(of(result, 'service', 'utilisation')).toBeGreaterThan(0.68);
    expect(of(result, 'service', 'utilisation')).toBeLessThan(0.7);
    expect(Math.abs(of(result, 'service', 'waitingMeanMs') / 22.98 - 1)).toBeLessThan(0.05);
    // Those that are looked at are slower by what looking takes: 5 ms of their own beside the 1.5 ms that everybody has on average.
    expect(of(result, TO_COLLECTOR, 'seenLatencyMeanMs') - of(result, 'service', 'latencyMeanMs')).toBeGreaterThan(2.5);
    expect(of(result, TO_COLLECTOR, 'spanRate')).toBeGreaterThan(17.5);
    expect(of(result, TO_COLLECTOR, 'spanRate')).toBeLessThan(18.5);
  });
});

/** A balancer, services that call each other, a database, crashes and cuts, and a collector that is too small for them. */
function crowd(sampling: number): Draft {
  const parts = draft('Crowd');
  parts.client('clients', { arrivals: 'poisson', ratePerS: 200 });
  parts.balancer('balancer', { capacity: 'limited', servers: 2, serviceTime: constant(1) });
  parts.service('web', { replicas: 3, servers: 2, serviceTime: { type: 'exponential', meanMs: 8 }, calls: 'parallel', queueLimit: 40 });
  parts.database('data', { connections: 3, readTime: { type: 'exponential', meanMs: 10 } });
  parts.part('collector', 'telemetry-collector', {
    sampling,
    intervalMs: 500,
    exportDelayMs: 300,
    batchSpans: 20,
    bufferSpans: 60,
    servers: 1,
    spanProcessingMs: 2,
    queueLimit: 2,
  });
  parts.link('clients', 'balancer', { timeoutMs: 80, retries: 'backoff', attempts: 2, cancelAbandoned: true });
  parts.link('balancer', 'web', { latency: constant(1) });
  parts.link('web', 'data', { latency: { type: 'exponential', meanMs: 1 } });
  for (const part of ['balancer', 'web', 'data'])
    parts.link(part, 'collector', { latency: { type: 'exponential', meanMs: 3 }, jitterMs: 2, loss: 0.05, lossDetectionMs: 50 });
  parts.fault('web', { type: 'crash', silent: true, restartMs: 100 }, { type: 'once', atMs: 2000, lastsMs: 1500 }, 1);
  parts.fault('balancer', { type: 'crash', silent: false, restartMs: 0 }, { type: 'once', atMs: 5000, lastsMs: 500 });
  parts.fault('collector', { type: 'crash', silent: true, restartMs: 0 }, { type: 'once', atMs: 7000, lastsMs: 800 });
  parts.fault('collector', { type: 'pause' }, { type: 'once', atMs: 9000, lastsMs: 700 });
  parts.fault('data', { type: 'slow', factor: 0.3 }, { type: 'once', atMs: 10_500, lastsMs: 800 });
  parts.fault('link-4', { type: 'cut', direction: 'both' }, { type: 'once', atMs: 12_000, lastsMs: 900 });
  return parts;
}

describe('in the middle of trouble', () => {
  test.each([1, 2, 3])('[E8] spans made = seen + dropped + lost + under way, at every point of the run, seed %i', (seed) => {
    const result = run(crowd(0.7), { durationMs: 15_000, seed, seriesPoints: 150 });
    const { spanDropShare = 0, spanLossShare = 0, spansSeen = 0 } = result.links.find(({ id }) => id === 'link-5')?.metrics ?? {};
    expect(spanDropShare).toBeGreaterThan(0);
    expect(spanLossShare).toBeGreaterThan(0);
    expect(spansSeen).toBeGreaterThan(100);
  });

  test('[E8] the same seed gives the same bytes, in a session that is used again too', () => {
    const project = crowd(0.7).build({ warmUpMs: 1000, durationMs: 6000, replications: 2, seed: 9 });
    const first = simulate(project, DESIGN_ID);
    expect(first.ok).toBe(true);
    expect(JSON.stringify(simulate(project, DESIGN_ID))).toBe(JSON.stringify(first));
  });

  test('[E1] a collector that costs nothing changes nothing but its own numbers', () => {
    const settings = { warmUpMs: 0, durationMs: 8000 };
    const without = crowd(0.7).build(settings);
    const design = without.designs[0];
    if (design === undefined) throw new Error('a draft has a design');
    const bare = {
      ...without,
      designs: [
        {
          ...design,
          components: design.components.filter(({ id }) => id !== 'collector'),
          links: design.links.filter(({ to }) => to !== 'collector'),
          faults: design.faults.filter(({ target }) => target !== 'collector' && target !== 'link-4'),
        },
      ],
    };
    const free = {
      ...without,
      designs: [
        {
          ...design,
          components: design.components.map((part) =>
            part.id === 'collector' ? { ...part, params: { ...part.params, spanCostMs: 0, pointCostMs: 0 } } : part,
          ),
        },
      ],
    };
    const [one, other] = [bare, free].map((project) => simulate(project, DESIGN_ID));
    if (one?.ok !== true || other?.ok !== true) throw new Error('both designs run');
    expect(other.value.endToEnd).toEqual(one.value.endToEnd);
    expect(other.value.components.filter(({ id }) => id !== 'collector')).toEqual(one.value.components);
  });
});

test('[E1] several collectors trace by one decision: what the rarer one traces, the other does too', () => {
  const parts = draft('Two collectors');
  parts.client('clients', { arrivals: 'poisson', ratePerS: 500 });
  parts.service('service', { replicas: 1, servers: 10, serviceTime: constant(1) });
  for (const [id, sampling] of [
    ['rare', 0.1],
    ['dense', 0.5],
  ] as const) {
    parts.part(id, 'telemetry-collector', { sampling, spanCostMs: id === 'rare' ? 7 : 20, points: 0 });
  }
  parts.link('clients', 'service');
  parts.link('service', 'rare');
  parts.link('service', 'dense');
  const result = run(parts, { durationMs: 20_000 });
  // A request that the rare collector traces pays for both: 1 + 7 + 20 ms.
  expect(of(result, 'link-2', 'seenLatencyP50Ms')).toBeCloseTo(28, 0);
  expect(of(result, 'link-3', 'seenLatencyP50Ms')).toBeCloseTo(21, 0);
});

test('a live picture has what the collectors show, a design without one has nothing of it', () => {
  const session = createSession(crowd(0.7).build({ warmUpMs: 0, durationMs: 6000 }), DESIGN_ID);
  if (!session.ok) throw new Error('the design runs');
  session.value.breakAt(4000);
  while (session.value.advance(10_000) === 'running');
  expect(session.value.telemetryLinks).toHaveLength(3);
  const { telemetry, points } = session.value.frame();
  expect(telemetry).toHaveLength(3 * 11);
  // The second row is that of the three web instances.
  expect(telemetry?.[11]).toBeGreaterThan(50);
  expect(points.at(-1)?.telemetry).toHaveLength(3 * 11);

  const bare = draft('Bare');
  bare.client('clients', { ratePerS: 10 });
  bare.service('service', {});
  bare.link('clients', 'service');
  const project = bare.build({ durationMs: 1000, warmUpMs: 0 });
  const plain = createSession(project, DESIGN_ID);
  if (!plain.ok) throw new Error('the design runs');
  expect(plain.value.frame()).not.toHaveProperty('telemetry');
  const plan = compile(project, DESIGN_ID);
  expect(plan.ok && plan.value.links.every((link) => !('telemetry' in link))).toBe(true);
});

test('[E7] traces of a run with a collector are those of its requests, and the run is the same', () => {
  const project = crowd(0.7).build({ warmUpMs: 0, durationMs: 8000 });
  const traces = createTraceRun(project, DESIGN_ID, DEFAULT_TRACE_OPTIONS);
  if (!traces.ok) throw new Error('the design runs');
  while (traces.value.advance(20_000));
  const set = traces.value.traces();
  const result = simulate(project, DESIGN_ID);
  if (!result.ok) throw new Error('the design runs');
  expect(set.requests.begun).toBe(result.value.endToEnd.metrics.offered);
  expect(traces.value.part().checks.violations).toEqual([]);
  expect(traces.value.part().events).toBe(result.value.events);
  const places = new Set(set.traces.flatMap(({ spans }) => spans.flatMap(({ componentId, linkId }) => [componentId, linkId])));
  expect(places.has('web')).toBe(true);
  for (const id of ['collector', 'link-4', 'link-5', 'link-6']) expect(places.has(id)).toBe(false);
});
