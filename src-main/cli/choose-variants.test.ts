import { describe, expect, it } from 'vitest';
import { smallProject } from '../../src-shared/project/small-project';
import { readVariant } from './choose-variants';

const project = {
  ...smallProject([['web', 'service']], []),
  variants: [{ id: 'variant-1', name: 'Four replicas', design: 'design', changes: ['web.replicas=4'] }],
};

describe('readVariant', () => {
  it('reads a label and changes, or takes the changes for the label', () => {
    expect(readVariant(project, 'design', 'two: web.replicas=2; web.concurrency=3')).toEqual({
      label: 'two',
      designId: 'design',
      changes: ['web.replicas=2', 'web.concurrency=3'],
    });
    expect(readVariant(project, 'design', 'web.replicas=2').label).toBe('web.replicas=2');
  });

  it('takes a variant of the project by its name or id, and names those that there are', () => {
    const stored = { label: 'Four replicas', designId: 'design', changes: ['web.replicas=4'] };
    expect(readVariant(project, 'other', 'Four replicas')).toEqual(stored);
    expect(readVariant(project, 'other', 'variant-1')).toEqual(stored);
    expect(() => readVariant({ ...project, variants: [] }, 'design', '; ')).toThrow(/it has none/);
    expect(() => readVariant(project, 'design', 'five')).toThrow(/Four replicas/);
  });
});
