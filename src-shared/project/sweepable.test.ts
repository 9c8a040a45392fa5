import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseProject } from './parse';
import type { Project } from './project';
import { parameterAt, setParameter } from './set-parameter';
import { smallProject } from './small-project';
import { sweepableAt, sweepableParameters } from './sweepable';

const folder = join(import.meta.dirname, '../../examples');
const example = (name: string): Project => {
  const parsed = parseProject(readFileSync(join(folder, `${name}.topolab`), 'utf8'));
  if (!parsed.ok) throw new Error(parsed.error.problem);
  return parsed.value;
};

describe('sweepableParameters', () => {
  it.each(['three-tier', 'overload', 'unequal-machines', 'map-reduce-stragglers'])('of %s can all be set to what they are, by their paths', (name) => {
    const project = example(name);
    for (const design of project.designs) {
      const found = sweepableParameters(project, design);
      expect(new Set(found.map(({ path }) => path)).size).toBe(found.length);
      for (const { path, value, param, choices } of found) {
        const set = setParameter(project, design, `${path}=${String(value)}`);
        expect([path, set.ok ? 'set' : set.error]).toEqual([path, 'set']);
        const declared = parameterAt(project, design, path);
        expect(declared.ok && (declared.value === null || declared.value === param)).toBe(true);
        if (choices.length > 0 && value !== null) expect(choices.map((choice) => choice.value)).toContain(String(value));
      }
    }
  });

  it('reaches into distributions and rows, and leaves out what has no effect', () => {
    const project = smallProject(
      [
        ['users', 'client'],
        ['web', 'service', { serviceTime: { type: 'fit', p50Ms: 6, p99Ms: 30 } }],
      ],
      [['users', 'web']],
    );
    const found = sweepableParameters(project, project.designs[0] as Project['designs'][number]);
    const by = (path: string) => found.find((row) => row.path === path);
    expect(by('web.serviceTime.p50Ms')).toMatchObject({
      owner: 'WEB',
      title: expect.stringMatching(/: median$/),
      value: 6,
      param: { type: 'duration', unit: 'ms' },
    });
    expect(found.some(({ path }) => /^users\.operations\.[^.]+\.weight$/.test(path))).toBe(true);
    expect(by('users.ratePerS')?.param.unit).toBe('req/s');
    // Open clients have no number of users.
    expect(found.filter(({ path }) => path.startsWith('users.')).map(({ path }) => path)).not.toContain('users.users');
    expect(sweepableAt(project, project.designs[0] as Project['designs'][number], found, 'WEB.replicas')?.path).toBe('web.replicas');
    expect(sweepableAt(project, project.designs[0] as Project['designs'][number], found, 'load.ratePerS')?.path).toBe('users.ratePerS');
    expect(by('web.discipline')?.choices.length).toBeGreaterThan(2);
  });
});
