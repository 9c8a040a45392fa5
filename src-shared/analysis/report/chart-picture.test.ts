import { describe, expect, it } from 'vitest';
import { CHART, chartPicture, chartsPicture, linearTicks, logTicks, timeTicks } from './chart-picture';
import type { ChartSurroundings, SeriesChart } from './series-charts';

const surroundings: ChartSurroundings = { endS: 100, warmUpS: 10, shades: [{ fromS: 40, toS: 60, name: 'Pause <Web>' }] };

function chartOf(column: readonly (number | null)[], log = false): SeriesChart {
  return {
    id: 'latency',
    title: 'Latency',
    help: 'Help.',
    unit: 'ms',
    log,
    timesS: column.map((_, index) => ((index + 1) * 100) / column.length),
    lines: [{ label: 'p99', color: '#123456', column }],
  };
}
const pathOf = (svg: string): string => /<path d="([^"]*)" fill="none" stroke="#123456" stroke-width="1.4"/.exec(svg)?.[1] ?? '';
const heights = (path: string): number[] => [...path.matchAll(/[ML][\d.]+ ([\d.]+)/g)].map(([, y]) => Number(y));

describe('ticks', () => {
  it('stand at round numbers, powers of ten, and times that read well', () => {
    expect(linearTicks(97, 5)).toEqual([0, 20, 40, 60, 80]);
    expect(linearTicks(0.7, 5)).toEqual([0, 0.2, 0.4, 0.6]);
    expect(linearTicks(3, 5, true)).toEqual([0, 1, 2, 3]);
    expect(linearTicks(0, 5)).toEqual([0, 1]);
    expect(logTicks(3, 4500)).toEqual([1, 10, 100, 1000, 10_000]);
    expect(logTicks(10, 1000)).toEqual([10, 100, 1000]);
    expect(timeTicks(60, 7)).toEqual([0, 10, 20, 30, 40, 50, 60]);
    expect(timeTicks(7200, 7)).toEqual([0, 1200, 2400, 3600, 4800, 6000, 7200]);
  });
});

describe('charts as pictures', () => {
  it('place values on their axis: linear from zero, logarithmic by decades', () => {
    const floor = CHART.height - 26;
    const [half, full] = heights(pathOf(chartPicture(chartOf([50, 100]), surroundings).svg));
    expect((floor - (half ?? 0)) * 2).toBeCloseTo(floor - (full ?? 0), 1);
    const [one, ten, hundred] = heights(pathOf(chartPicture(chartOf([1, 10, 100], true), surroundings).svg));
    expect((one ?? 0) - (ten ?? 0)).toBeCloseTo((ten ?? 0) - (hundred ?? 0), 1);
    expect(chartPicture(chartOf([1, 10, 100], true), surroundings).svg).toContain('ms, logarithmic');
  });

  it('draw the bounds of objectives where they lie on the axis, when they were missed, and none that would press the lines flat', () => {
    const bounded = (value: number): string => {
      const bound = { value, label: 'Fast <enough>: p99 ≤ 200 ms', missed: [{ fromS: 50, toS: 75 }] };
      return chartPicture({ ...chartOf([50, 100]), bounds: [bound] }, surroundings).svg;
    };
    const dashed = (svg: string): number | undefined => Number(/<path d="M50 ([\d.]+)H[\d.]+" stroke="[^"]+" stroke-width="1.2"/.exec(svg)?.[1] ?? Number.NaN);
    const floor = CHART.height - 26;
    const on = bounded(50);
    // Half of the highest value lies as high as the line there.
    expect(dashed(on)).toBeCloseTo(heights(pathOf(on))[0] ?? 0, 1);
    expect(on).toContain('Fast &lt;enough&gt;: p99 ≤ 200 ms');
    // From 50 s to 75 s of 100 s on 490 pixels.
    expect(on).toMatch(/<rect x="295" y="[\d.]+" width="122.5" height="3"/);
    // Above the lines it is brought into view, far above it is not.
    expect(dashed(bounded(300))).toBeLessThan(floor);
    expect(heights(pathOf(bounded(300)))[1]).toBeGreaterThan(heights(pathOf(on))[1] ?? 0);
    expect(dashed(bounded(5000))).toBeNaN();
    expect(pathOf(bounded(5000))).toBe(pathOf(chartPicture(chartOf([50, 100]), surroundings).svg));
  });

  it('leave a gap where an interval had no sample', () => {
    const path = pathOf(chartPicture(chartOf([1, 2, null, 3, 4]), surroundings).svg);
    expect(path.match(/M/g)).toHaveLength(2);
    expect(path.match(/L/g)).toHaveLength(2);
  });

  it('draw the peaks of ten thousand points with a few thousand', () => {
    const column = Array.from({ length: 10_000 }, (_, index) => (index === 4321 ? 900 : 10 + (index % 7)));
    const path = pathOf(chartPicture(chartOf(column), surroundings).svg);
    const drawn = heights(path);
    expect(drawn.length).toBeLessThan(4 * CHART.width);
    expect(Math.min(...drawn)).toBe(heights(pathOf(chartPicture(chartOf([900, 1, 1]), surroundings).svg))[0]);
  });

  it('shade faults by name, escaped, and tell them to those who cannot see', () => {
    const { svg } = chartPicture(chartOf([1, 2]), surroundings);
    expect(svg).toContain('<title>Pause &lt;Web&gt;</title>');
    expect(svg).toMatch(/aria-label="Latency\. Help\. Shaded: Pause &lt;Web&gt;\."/);
    expect(svg).not.toContain('<Web>');
  });

  it('stand two in a row in a file of their own', () => {
    const chart = chartOf([1, 2]);
    expect(chartsPicture([chart], surroundings, 'One', 'light')).toMatchObject({ width: 560, height: 240 });
    expect(chartsPicture([chart, chart, chart], surroundings, 'Three', 'dark')).toMatchObject({ width: 1132, height: 492 });
  });
});
