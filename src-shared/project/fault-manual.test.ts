import { expect, it } from 'vitest';
import { KINDS } from '../kinds/registry';
import { faultEffectSchema } from './fault';
import { faultManual } from './fault-manual';
import { fittingEffects, LINK_EFFECTS } from './fault-problems';

it('tells of every effect on the page of some part or of links, and of none that cannot happen there', () => {
  const lists = [LINK_EFFECTS, ...KINDS.map((kind) => fittingEffects({ kind }))];
  const all = faultEffectSchema.options.map((option) => option.shape.type.value);
  expect(new Set(lists.flat())).toEqual(new Set(all));
  const page = faultManual(LINK_EFFECTS);
  expect(page).toContain('**Cut off.**');
  expect(page).not.toContain('**Pause.**');
  for (const effect of all) expect(faultManual([effect]).match(/\*\*[A-Z][a-z ]+\.\*\*/g)).toHaveLength(1);
  expect(faultManual([])).toBe('');
});
