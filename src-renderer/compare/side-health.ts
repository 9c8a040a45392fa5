import { judgePart } from '../../src-shared/analysis/final-health';
import type { Health } from '../../src-shared/analysis/health';
import type { RunResult } from '../../src-shared/run/result';

/** How the parts of a side did over the measured window, and the same in words. */
export interface SideHealth {
  readonly byId: ReadonlyMap<string, Health>;
  readonly words: string;
}

/** Parts named one by one of those that did not do well. */
const NAMED = 3;

/** The health of every part by the result of its run, as the canvas shows it after a run. */
export function healthOf({ components, findings }: RunResult): SideHealth {
  const unstable = new Set(findings.flatMap(({ code, componentId }) => (code === 'unstable' && componentId !== undefined ? [componentId] : [])));
  const judged = components.map((component) => ({ id: component.id, name: component.name, health: judgePart(component, unstable.has(component.id)).health }));
  const of = (health: Health): readonly string[] => judged.filter((part) => part.health === health).map(({ name }) => name);
  const told = (names: readonly string[], word: string): string =>
    names.length === 0 ? '' : `${names.length} ${word}: ${names.slice(0, NAMED).join(', ')}${names.length > NAMED ? ' …' : ''}`;
  const [fine, idle] = [of('fine').length, of('idle').length];
  const words = [told(of('failing'), 'failing'), told(of('strained'), 'strained'), fine > 0 ? `${fine} fine` : '', idle > 0 ? `${idle} idle` : '']
    .filter((text) => text !== '')
    .join('; ');
  return { byId: new Map(judged.map(({ id, health }) => [id, health])), words };
}
