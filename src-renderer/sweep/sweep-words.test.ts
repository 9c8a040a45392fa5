import { describe, expect, it } from 'vitest';
import type { Project } from '../../src-shared/project/project';
import { smallProject } from '../../src-shared/project/small-project';
import { type SweepableParameter, sweepableParameters } from '../../src-shared/project/sweepable';
import { axisValuesText, axisValueText, readAxisList, usualAxis } from './axis-text';
import { linearScale, logScale, roundTicks } from './curve-scale';
import { heatColor, heatShare } from './heat-scale';

const project = smallProject(
  [
    ['users', 'client'],
    ['web', 'service', { replicas: 3 }],
  ],
  [['users', 'web']],
  { ratePerS: 300 },
);
const all = sweepableParameters(project, project.designs[0] as Project['designs'][number]);
const parameter = (path: string): SweepableParameter => {
  const found = all.find((candidate) => candidate.path === path);
  if (found === undefined) throw new Error(`no ${path}`);
  return found;
};

describe('values of an axis', () => {
  it('are read with and without units, each once', () => {
    expect(readAxisList(parameter('users.ratePerS'), '100, 0.2k req/s; 200, 1k')).toEqual({ ok: true, value: [100, 200, 1000] });
    expect(readAxisList(parameter('web.replicas'), '1, 2.5')).toMatchObject({ ok: false, error: expect.stringContaining('whole number') });
    expect(readAxisList(parameter('users.ratePerS'), ' , ')).toMatchObject({ ok: false });
  });

  it('are written with their unit once', () => {
    expect(axisValuesText(parameter('users.ratePerS'), [100, 150, 200])).toBe('100, 150, 200 req/s');
    expect(axisValuesText(parameter('web.replicas'), [1, 2])).toBe('1, 2');
    expect(axisValueText(parameter('web.discipline'), 'fifo')).not.toBe('fifo');
    expect(axisValueText(undefined, 'as it stands')).toBe('as it stands');
  });

  it('begin around where the parameter stands, or are all of its choices', () => {
    expect(usualAxis(parameter('users.ratePerS')).values).toEqual({ type: 'range', from: 60, to: 600, steps: 10, scale: 'linear' });
    expect(usualAxis(parameter('web.replicas')).values).toEqual({ type: 'range', from: 1, to: 8, steps: 8, scale: 'linear' });
    expect(usualAxis(parameter('web.discipline')).values).toMatchObject({ type: 'list', values: expect.arrayContaining(['fifo', 'lifo']) });
  });
});

describe('scales', () => {
  it('have round ticks', () => {
    expect(roundTicks(0, 1030, 5)).toEqual([0, 500, 1000]);
    expect(roundTicks(0.1, 0.34, 5)).toEqual([0.1, 0.15, 0.2, 0.25, 0.3]);
    expect(linearScale(0, 10, 100, 0, 5).place(2.5)).toBe(75);
  });

  it('place equal factors at equal distances', () => {
    const { place, ticks } = logScale(1, 1000, 0, 300);
    expect([place(1), place(10), place(1000), place(0)].map(Math.round)).toEqual([0, 100, 300, 0]);
    expect(ticks).toEqual([1, 10, 100, 1000]);
  });

  it('colour a map from little to much, readable in both schemes', () => {
    expect(heatShare(10, 1, 100)).toBeCloseTo(0.5, 12);
    expect(heatShare(3, 1, 5)).toBe(0.5);
    for (const scheme of ['light', 'dark'] as const)
      for (let share = 0; share <= 1; share += 0.05) expect(contrast(heatColor(scheme, share))).toBeGreaterThanOrEqual(4.5);
  });
});

/** Contrast of text on its background (Web Content Accessibility Guidelines 2.2, section 1.4.3). */
function contrast({ background, text }: { background: string; text: string }): number {
  const luminance = (channels: readonly number[]): number =>
    channels
      .map((channel) => (channel / 255 <= 0.04045 ? channel / 255 / 12.92 : ((channel / 255 + 0.055) / 1.055) ** 2.4))
      .reduce((sum, part, index) => sum + part * ([0.2126, 0.7152, 0.0722][index] ?? 0), 0);
  const one = luminance((background.match(/\d+/g) ?? []).map(Number));
  const other = luminance([1, 3, 5].map((at) => Number.parseInt(text.slice(at, at + 2), 16)));
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
}
