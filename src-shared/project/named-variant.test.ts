import { describe, expect, it } from 'vitest';
import { parseProject, serializeProject } from './parse';
import type { Project } from './project';
import { smallProject } from './small-project';

const base: Project = {
  ...smallProject(
    [
      ['users', 'client'],
      ['web', 'service'],
    ],
    [['users', 'web']],
  ),
  view: { designs: { design: { positions: {} } } },
};
const four = { id: 'four', name: 'Four', design: 'design', changes: ['web.replicas=4', 'users.ratePerS=200'] };

describe('variants in a file', () => {
  it('come back as they were, and are absent where there never were any', () => {
    const parsed = parseProject(serializeProject({ ...base, variants: [four] }));
    expect(parsed.ok && parsed.value.variants).toEqual([four]);
    expect(parsed.ok && serializeProject(parsed.value)).toContain('"changes": ["web.replicas=4", "users.ratePerS=200"]');
    expect(serializeProject(base)).not.toContain('"variants"');
    const without = parseProject(serializeProject(base));
    expect(without.ok && without.value.variants).toBeUndefined();
  });

  it('are refused by name where an id is used twice or a change is no text', () => {
    const place = (variants: readonly unknown[]): string => {
      const parsed = parseProject(JSON.stringify({ ...(JSON.parse(serializeProject(base)) as object), variants }));
      return parsed.ok ? '' : parsed.error.place;
    };
    expect(place([four, four])).toBe('variants[1].id (variant "Four")');
    expect(place([{ ...four, changes: [4] }])).toBe('variants[0].changes[0] (variant "Four")');
  });
});
