import { describe, expect, it } from 'vitest';
import { smallProject } from '../project/small-project';
import { simulate } from './simulate';

/** A run of clients over one link with these parameters; every interval of the series is measured. */
function run(params: Readonly<Record<string, unknown>>) {
  const base = smallProject(
    [
      ['users', 'client'],
      ['web', 'service', { servers: 64, serviceTime: { type: 'constant', valueMs: 2 } }],
    ],
    [['users', 'web', params]],
    { ratePerS: 200 },
  );
  const result = simulate({ ...base, settings: { ...base.settings, durationMs: 20_000, warmUpMs: 0, seriesPoints: 200 } }, 'design');
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  const [link] = result.value.links;
  const columns = result.value.series.links.find(({ id }) => id === link?.id)?.columns;
  if (link === undefined || columns === undefined) throw new Error('the link has a series');
  return { metrics: link.metrics, columns };
}

const mean = (column: readonly (number | null)[]): number => column.reduce<number>((sum, value) => sum + (value ?? 0), 0) / column.length;

describe('the series of a link', () => {
  it('adds up to its numbers over the whole window', () => {
    const { metrics, columns } = run({ latency: { type: 'constant', valueMs: 5 }, bandwidthMbps: 20, requestBytes: 2000, responseBytes: 8000 });
    expect(columns.callsPerS).toHaveLength(200);
    expect(mean(columns.callsPerS)).toBeCloseTo(metrics.callRate ?? 0, 6);
    expect(mean(columns.utilisation)).toBeCloseTo(metrics.utilisation ?? 0, 6);
    // 200 replies of 64 kbit a second are 12.8 of 20 Mbit/s.
    expect(mean(columns.utilisation)).toBeCloseTo(0.64, 1);
  });

  it('has the time of a wire that is always the same in every point, and what is on it by Little’s law', () => {
    const { columns } = run({ latency: { type: 'constant', valueMs: 50 } });
    for (const value of columns.networkMeanMs) expect(value).toBeCloseTo(50, 6);
    expect(columns.utilisation.every((value) => value === null)).toBe(true);
    // 200 requests and 200 replies a second, 50 ms each: 20 on the wire, counted at 200 instants.
    expect(Math.abs(mean(columns.inTransit) - 20)).toBeLessThan(1.5);
  });

  it('of a link that loses everything has no network time', () => {
    const { metrics, columns } = run({ latency: { type: 'constant', valueMs: 5 }, loss: 1 });
    expect(metrics.callRate).toBeGreaterThan(150);
    expect(metrics.networkMeanMs).toBeUndefined();
    expect(columns.networkMeanMs.every((value) => value === null)).toBe(true);
  });

  it('of a link that takes no time is one of nought', () => {
    const { columns } = run({ latency: { type: 'constant', valueMs: 0 } });
    expect(columns.networkMeanMs.every((value) => value === 0)).toBe(true);
    expect(columns.inTransit.every((value) => value === 0)).toBe(true);
  });
});
