import { describe, expect, it } from 'vitest';
import { compile } from '../compile/compile';
import type { Project } from '../project/project';
import { type LinkSpec, type Params, type PartSpec, smallProject } from '../project/small-project';
import { simulate } from '../run/simulate';
import { readSystem } from './advice/advise';
import { type BottleneckReading, pressureOf } from './bottleneck';

const exponential = (meanMs: number): unknown => ({ type: 'exponential', meanMs });
const direct = { latency: { type: 'constant', valueMs: 0.5 } };

/** Reads a run of a topology in few words. */
function read(parts: readonly PartSpec[], links: readonly LinkSpec[], workload: Params, settings: Partial<Project['settings']> = {}): BottleneckReading {
  const base = smallProject(parts, links, workload);
  const project: Project = { ...base, settings: { ...base.settings, durationMs: 14_000, warmUpMs: 2000, ...settings } };
  const plan = compile(project, 'design');
  const result = simulate(project, 'design');
  const [design] = project.designs;
  if (!plan.ok || !result.ok || design === undefined) throw new Error(JSON.stringify(plan.ok ? result : plan.error));
  return readSystem(project, design, plan.value, result.value).bottleneck;
}

describe('readBottleneck names what was planted', () => {
  it('the connections of a database behind a service with room', () => {
    const found = read(
      [
        ['users', 'client'],
        ['web', 'service', { servers: 8, serviceTime: exponential(5) }],
        ['store', 'database', { connections: 4, readTime: exponential(40) }],
      ],
      [
        ['users', 'web', direct],
        ['web', 'store', direct],
      ],
      { ratePerS: 120 },
    );
    expect(found.state).toBe('saturated');
    expect(found.resource).toMatchObject({ recordId: 'store', unit: 'connections', growing: true });
    // Four connections at 40 ms: 100 requests per second; 20 per second more arrive than can be served.
    expect(found.bounds.throughputPerS).toBeGreaterThan(96);
    expect(found.bounds.throughputPerS).toBeLessThan(104);
    expect(Math.abs((found.resource?.trend?.perS ?? 0) - 20)).toBeLessThan(10);
    expect(found.resource?.demandMs).toBeCloseTo(40, -1);
    expect(found.next?.recordId).toBe('web');
  });

  it('the one slow service of several that are called at the same time', () => {
    const slow = (meanMs: number): Params => ({ servers: 2, serviceTime: exponential(meanMs) });
    const found = read(
      [
        ['users', 'client'],
        ['front', 'service', { servers: 8, serviceTime: exponential(2), calls: 'parallel' }],
        ['fast', 'service', slow(5)],
        ['slow', 'service', slow(21)],
        ['middle', 'service', slow(9)],
      ],
      [
        ['users', 'front', direct],
        ['front', 'fast', direct],
        ['front', 'slow', direct],
        ['front', 'middle', direct],
      ],
      { ratePerS: 90 },
    );
    expect(found.resource?.recordId).toBe('slow');
    expect(found.next?.recordId).toBe('middle');
    expect(found.bounds.leastMs).toBeNull();
    expect(found.bounds.why).toContain('same time');
  });

  it('the bandwidth of a link', () => {
    const found = read(
      [
        ['users', 'client'],
        ['web', 'service', { servers: 8, serviceTime: exponential(5) }],
      ],
      [['users', 'web', { ...direct, bandwidthMbps: 8, responseBytes: 10_000 }]],
      { ratePerS: 110 },
    );
    // 10 kB at 8 Mbit/s take 10 ms: 100 per second.
    expect(found.resource).toMatchObject({ type: 'transmitter', recordId: 'users-web', record: 'link' });
    expect(found.state).toBe('saturated');
    expect(found.bounds.throughputPerS).toBeCloseTo(100, -1);
  });

  it('a rate limiter in front of servers that are hardly used', () => {
    const found = read(
      [
        ['users', 'client'],
        ['web', 'service', { servers: 8, serviceTime: exponential(5), limiter: 'token-bucket', limitPerS: 50 }],
      ],
      [['users', 'web', direct]],
      { ratePerS: 80 },
    );
    expect(found.resource).toMatchObject({ type: 'rate', recordId: 'web' });
    expect(found.resource?.refusedShare).toBeCloseTo(30 / 80, 1);
    expect(found.sentence).toContain('turned away');
  });

  it('a bulkhead that turns calls away', () => {
    const found = read(
      [
        ['users', 'client'],
        ['web', 'service', { servers: 8, serviceTime: exponential(5) }],
        ['slow', 'service', { servers: 20, serviceTime: exponential(50) }],
      ],
      [
        ['users', 'web', direct],
        ['web', 'slow', { ...direct, bulkhead: 3 }],
      ],
      { ratePerS: 80 },
    );
    expect(found.resource).toMatchObject({ type: 'bulkhead', recordId: 'web-slow' });
    expect(found.state).toBe('saturated');
  });

  it('the part behind, and not the servers that are only held while it works', () => {
    const found = read(
      [
        ['users', 'client'],
        ['web', 'service', { servers: 10, serviceTime: exponential(2), whileCalling: 'hold' }],
        ['store', 'database', { connections: 2, readTime: exponential(20) }],
      ],
      [
        ['users', 'web', direct],
        ['web', 'store', direct],
      ],
      { ratePerS: 120 },
    );
    expect(found.resource?.recordId).toBe('store');
    expect(found.evidence.some((line) => line.includes('WEB') && line.includes('waits for the parts behind'))).toBe(true);
  });

  it('the threads that are held, where nothing behind is near its limit', () => {
    const found = read(
      [
        ['users', 'client'],
        ['web', 'service', { machine: 'vcpu-8', concurrency: 'threads', threads: 6, serviceTime: exponential(2) }],
        ['remote', 'service', { servers: 50, serviceTime: exponential(60) }],
      ],
      [
        ['users', 'web', direct],
        ['web', 'remote', direct],
      ],
      { ratePerS: 110 },
    );
    expect(found.resource).toMatchObject({ type: 'threads', recordId: 'web', unit: 'threads', growing: true });
    expect(found.state).toBe('saturated');
  });

  it('the one instance that gets everything, by its own share', () => {
    const found = read(
      [
        ['users', 'client'],
        ['web', 'service', { replicas: 4, spread: 'first', serviceTime: exponential(12) }],
      ],
      [['users', 'web', direct]],
      { ratePerS: 90 },
    );
    expect(found.resource).toMatchObject({ recordId: 'web', busiest: { instance: 0 } });
    expect(pressureOf(found.resource as never)).toBeGreaterThan(0.97);
    expect(found.bounds.throughputPerS).toBeLessThan(92);
  });

  it('a rush, from where it begins to where it ends', () => {
    const found = read(
      [
        ['users', 'client'],
        ['web', 'service', { servers: 2, serviceTime: exponential(10), queueLimit: 20 }],
      ],
      [['users', 'web', direct]],
      { ratePerS: 60, shape: 'spike', spikePerS: 500, spikeStartMs: 20_000, spikeDurationMs: 10_000 },
      { durationMs: 60_000, warmUpMs: 0 },
    );
    expect(found.state).toBe('saturated');
    // Windows of 3 s: those from 21 s to 30 s lie wholly in the rush.
    expect(found.sentence).toMatch(/used up from 21 s to 30 s, /);
    expect(found.resource?.peak).toMatchObject({ fromMs: 21_000, toMs: 30_000, share: 3 / 20 });
  });

  it('two rushes, by the busier and that there are others', () => {
    const found = read(
      [
        ['users', 'client'],
        ['web', 'service', { servers: 2, serviceTime: exponential(10), queueLimit: 20 }],
      ],
      [['users', 'web', direct]],
      { ratePerS: 250, shape: 'wave', waveAmplitude: 1, wavePeriodMs: 20_000 },
      { durationMs: 60_000, warmUpMs: 0 },
    );
    expect(found.sentence).toMatch(/used up from \d+ (ms|s) to \d+ s and at other times, /);
  });

  it('by the share of all instances where they differ by chance only', () => {
    const found = read(
      [
        ['users', 'client'],
        ['web', 'service', { replicas: 2, servers: 4, serviceTime: exponential(20) }],
      ],
      [['users', 'web', direct]],
      { ratePerS: 260 },
    );
    const { resource } = found;
    expect(resource?.busiest?.utilisation).toBeGreaterThan(resource?.utilisation ?? 1);
    expect(pressureOf(resource as never)).toBe(resource?.utilisation);
    expect(found.resource?.limitPerS).toBeCloseTo(((resource?.inUse ?? 0) / (resource?.demandMs ?? 1)) * 1000 * (1 / (resource?.utilisation ?? 1)), 6);
  });

  it('none, and says so', () => {
    const found = read(
      [
        ['users', 'client'],
        ['web', 'service', { servers: 8, serviceTime: exponential(10) }],
      ],
      [['users', 'web', direct]],
      { ratePerS: 100 },
    );
    expect(found.state).toBe('none');
    expect(found.sentence).toMatch(/^No bottleneck: the busiest is the servers of WEB with 1\d(\.\d)? %/);
  });

  it('none where nobody asks for anything, and blames no part of it', () => {
    const found = read(
      [
        ['users', 'client'],
        ['web', 'service', { serviceTime: exponential(10) }],
      ],
      [['users', 'web', direct]],
      { ratePerS: 0.0001 },
    );
    expect([found.state, found.resource, found.evidence]).toEqual(['none', null, []]);
    expect(found.sentence).toContain('nothing was used');
  });

  it('the busiest of a system that is loaded but steady, without calling its queue a growing one', () => {
    for (const seed of [1, 2, 3, 4]) {
      const found = read(
        [
          ['users', 'client'],
          ['web', 'service', { serviceTime: exponential(8) }],
        ],
        [['users', 'web', direct]],
        { ratePerS: 100 },
        { seed },
      );
      expect(found.resource?.growing, `seed ${seed}`).toBe(false);
      expect(found.state).not.toBe('none');
    }
  });
});

describe('boundsOf', () => {
  /** Service demands of closed networks of three stations, ms, and think times. */
  const networks = [
    { demands: [4, 11, 7], thinkMs: 100 },
    { demands: [15, 3, 6], thinkMs: 20 },
  ];

  function closed(
    { demands, thinkMs }: (typeof networks)[number],
    users: number,
  ): { readonly found: BottleneckReading; readonly throughput: number; readonly latencyMs: number } {
    const ids = ['one', 'two', 'three'] as const;
    const base = smallProject(
      [['users', 'client'], ...ids.map((id, index): PartSpec => [id, 'service', { serviceTime: exponential(demands[index] ?? 1) }])],
      [
        ['users', 'one', { latency: { type: 'constant', valueMs: 1 } }],
        ['one', 'two', { latency: { type: 'constant', valueMs: 1 } }],
        ['two', 'three', { latency: { type: 'constant', valueMs: 1 } }],
      ],
      { arrivals: 'closed', users, thinkTime: exponential(thinkMs) },
    );
    const project: Project = { ...base, settings: { ...base.settings, durationMs: users < 5 ? 100_000 : 15_000, warmUpMs: 2000 } };
    const plan = compile(project, 'design');
    const result = simulate(project, 'design');
    if (!plan.ok || !result.ok) throw new Error('The network runs');
    const { throughput = 0, latencyMeanMs = 0 } = result.value.endToEnd.metrics;
    return { found: readSystem(project, project.designs[0] as never, plan.value, result.value).bottleneck, throughput, latencyMs: latencyMeanMs };
  }

  it.each(networks)('hold for closed networks with other users than those that the demands were measured with: %j', (network) => {
    const light = closed(network, 2).found;
    const total = network.demands.reduce((sum, demand) => sum + demand, 0) + 6;
    const largest = Math.max(...network.demands);
    // Measured with two users, the demands are those that were planted.
    expect((light.bounds.leastMs ?? 0) / total).toBeCloseTo(1, 1);
    expect(((light.bounds.throughputPerS ?? 0) * largest) / 1000).toBeCloseTo(1, 1);
    expect((light.bounds.closed?.knee ?? 0) / ((total + network.thinkMs) / largest)).toBeCloseTo(1, 1);
    for (const users of [6, 40]) {
      const { throughput, latencyMs, found } = closed(network, users);
      // Demands of two runs differ by chance: 4 % of room.
      expect(throughput).toBeLessThan(1.04 * Math.min(light.bounds.throughputPerS ?? 0, (users / ((light.bounds.leastMs ?? 0) + network.thinkMs)) * 1000));
      expect(latencyMs).toBeGreaterThan(0.96 * Math.max(light.bounds.leastMs ?? 0, (users / (light.bounds.throughputPerS ?? 1)) * 1000 - network.thinkMs));
      if (users === 40) {
        // Far beyond the knee the asymptote is reached.
        expect(throughput / (found.bounds.closed?.throughputPerS ?? 0)).toBeGreaterThan(0.95);
        expect(network.demands[['one', 'two', 'three'].indexOf(found.resource?.recordId ?? '')]).toBe(largest);
      }
    }
  });
});
