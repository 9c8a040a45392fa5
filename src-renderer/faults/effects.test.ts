import { describe, expect, it } from 'vitest';
import { KINDS } from '../../src-shared/kinds/registry';
import { faultEffectSchema } from '../../src-shared/project/fault';
import { type Design, emptyProject } from '../../src-shared/project/project';
import { describeFault, EFFECT_TYPES, EFFECTS, effectsFor, freshEffect } from './effects';

const project = emptyProject();
const design: Design = {
  ...project.designs[0]!,
  components: KINDS.map((kind) => ({ id: kind.id, kind: kind.id, name: kind.title, params: {} })),
  links: [{ id: 'l1', from: 'service', to: 'database', params: {} }],
  notes: [{ id: 'note-1', text: '' }],
};

describe('effects of faults', () => {
  it('are all that a file can hold, each with values that it accepts', () => {
    const inFiles = faultEffectSchema.options.map((option) => option.shape.type.value);
    expect([...EFFECT_TYPES].sort()).toEqual([...inFiles].sort());
    for (const type of EFFECT_TYPES) {
      const { type: _type, ...values } = freshEffect(type, project);
      expect(Object.keys(values).sort(), type).toEqual(Object.keys(EFFECTS[type].fields).sort());
    }
  });

  it('are offered where they fit', () => {
    expect(effectsFor(design, 'client')).toEqual(['surge']);
    expect(effectsFor(design, 'service')).toEqual(expect.arrayContaining(['crash', 'pause', 'slow', 'errors']));
    expect(effectsFor(design, 'service')).not.toContain('surge');
    expect(effectsFor(design, 'l1')).toEqual(['latency', 'loss', 'cut']);
    expect(effectsFor(design, 'note-1')).toEqual([]);
    expect(effectsFor(design, 'nothing')).toEqual([]);
  });

  it('read as a sentence', () => {
    const timing = { type: 'once', atMs: 0, lastsMs: 1 } as const;
    expect(describeFault({ id: 'f', name: 'F', target: 'service', instance: 1, effect: { type: 'slow', factor: 5 }, timing }, design, project)).toBe(
      'Slow down (5×) of Service #2',
    );
    expect(describeFault({ id: 'f', name: 'F', target: 'l1', effect: { type: 'pause' }, timing }, design, project)).toBe('Pause of Service → Database');
  });
});
