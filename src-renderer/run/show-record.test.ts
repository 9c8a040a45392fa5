// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { smallProject } from '../../src-shared/project/small-project';
import { designWith } from './show-record';

describe('designWith', () => {
  const base = smallProject(
    [
      ['users', 'client'],
      ['web', 'service'],
    ],
    [['users', 'web']],
  );
  const [design] = base.designs;
  if (design === undefined) throw new Error('the small project has a design');
  const link = design.links[0]?.id ?? '';
  const project = { ...base, designs: [design, { ...design, id: 'other', components: design.components.filter(({ id }) => id !== 'web'), links: [] }] };

  it('prefers the design that ran, and knows what is gone', () => {
    expect(designWith(project, 'web', 'design', 'other')).toBe('design');
    expect(designWith(project, link, 'design', 'other')).toBe('design');
    expect(designWith(project, 'users', 'other', 'design')).toBe('other');
    // Of a run of another design: the one on display has a part of this name as well.
    expect(designWith(project, 'web', 'other', 'design')).toBe('design');
    expect(designWith(project, 'web', 'other', 'other')).toBeNull();
    expect(designWith(project, 'web', null, 'gone')).toBeNull();
  });
});
