import { describe, expect, it } from 'vitest';
import { parseProject, serializeProject } from './parse';
import { projectProblems } from './problems';
import type { Project } from './project';
import { smallProject } from './small-project';
import type { Axis, Sweep } from './sweep';
import { axisValues, pointVariant, sweepPoints } from './sweep-points';

const base = smallProject(
  [
    ['users', 'client'],
    ['web', 'service', { serviceTime: { type: 'exponential', meanMs: 10 } }],
  ],
  [['users', 'web']],
);
const design = base.designs[0] as Project['designs'][number];
const range = (parameter: string, from: number, to: number, steps: number, scale: 'linear' | 'log' = 'linear'): Axis => ({
  parameter,
  values: { type: 'range', from, to, steps, scale },
});
const sweep = (axes: readonly Axis[], id = 'design'): Sweep => ({ id: 's', name: 'S', design: id, axes: [...axes] });
const codes = (axes: readonly Axis[], id?: string): string[] => projectProblems({ ...base, sweeps: [sweep(axes, id)] }).map(({ code }) => code);

describe('axisValues', () => {
  it.each<[string, Axis, readonly (number | string | boolean)[]]>([
    ['even steps', range('load.ratePerS', 10, 50, 5), [10, 20, 30, 40, 50]],
    ['tenths that are not exact in binary', range('load.ratePerS', 0.1, 0.5, 5), [0.1, 0.2, 0.3, 0.4, 0.5]],
    ['equal factors', range('load.ratePerS', 1, 1000, 4, 'log'), [1, 10, 100, 1000]],
    ['downwards', range('web.serviceTime.meanMs', 8, 2, 3), [8, 5, 2]],
    ['whole numbers of whole things, each once', range('web.replicas', 1, 3, 5), [1, 2, 3]],
    ['whole numbers of equal factors', range('web.replicas', 1, 10, 4, 'log'), [1, 2, 5, 10]],
    ['numbers with their units, each once', { parameter: 'load.ratePerS', values: { type: 'list', values: ['0.5k req/s', 500, '1k'] } }, [500, 1000]],
    ['a list as it stands', { parameter: 'web.discipline', values: { type: 'list', values: ['fifo', 'lifo'] } }, ['fifo', 'lifo']],
  ])('takes %s', (_name, axis, values) => {
    expect(axisValues(base, design, axis)).toEqual({ ok: true, value: values });
  });

  it('refuses a logarithmic range that reaches zero', () => {
    expect(axisValues(base, design, range('load.ratePerS', 0, 10, 3, 'log'))).toMatchObject({ ok: false, error: expect.stringContaining('above 0') });
  });
});

describe('sweepPoints', () => {
  it('goes through the last axis fastest', () => {
    const points = sweepPoints(base, sweep([range('web.replicas', 1, 2, 2), range('load.ratePerS', 10, 30, 3)]));
    expect(points.ok && points.value.map(({ index, values }) => [index, ...values])).toEqual([
      [0, 1, 10],
      [1, 1, 20],
      [2, 1, 30],
      [3, 2, 10],
      [4, 2, 20],
      [5, 2, 30],
    ]);
  });

  it('refuses more points than anybody waits for', () => {
    expect(sweepPoints(base, sweep([range('load.ratePerS', 1, 1000, 1000), range('web.serviceTime.meanMs', 1, 100, 11)]))).toMatchObject({ ok: false });
  });

  it('sets the values of a point after the changes that all share', () => {
    expect(pointVariant(sweep([range('web.replicas', 1, 2, 2)]), [2], ['web.servers=3'])).toEqual({
      label: 'web.replicas=2',
      designId: 'design',
      changes: ['web.servers=3', 'web.replicas=2'],
    });
  });
});

describe('sweepProblems', () => {
  it('names what does not exist and what is not allowed', () => {
    expect(codes([range('web.replicas', 1, 4, 4)])).toEqual([]);
    expect(codes([range('web.replicas', 1, 4, 4)], 'gone')).toEqual(['sweep-without-design']);
    expect(codes([range('gone.replicas', 1, 4, 4)])).toEqual(['sweep-without-parameter']);
    expect(codes([range('web.gone', 1, 4, 4)])).toEqual(['sweep-without-parameter']);
    expect(codes([range('web.replicas', 0, 4, 5)])).toEqual(['sweep-value-not-allowed']);
  });

  it('names what searches take for granted and is not there', () => {
    const search = { id: 's', name: 'S', design: 'design', axes: [range('web.replicas', 1, 4, 4)], objectives: ['gone'], monotone: 'web.servers' };
    expect(projectProblems({ ...base, searches: [search] }).map(({ code }) => code)).toEqual(['search-without-objective', 'search-without-monotone']);
    expect(projectProblems({ ...base, searches: [{ ...search, design: 'gone', objectives: undefined, monotone: undefined }] }).map(({ code }) => code)).toEqual(
      ['search-without-design'],
    );
  });

  it('of searches are kept by a file as they are', () => {
    const searches = [{ id: 's', name: 'S', design: 'design', axes: [range('web.replicas', 1, 4, 4)], monotone: 'web.replicas' }];
    const saved = serializeProject({ ...base, searches });
    const read = parseProject(saved);
    expect(read.ok && read.value.searches).toEqual(searches);
    expect(serializeProject(base)).not.toContain('searches');
  });
});
