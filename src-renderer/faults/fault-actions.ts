import type { Fault } from '../../src-shared/project/fault';
import type { Design, Project } from '../../src-shared/project/project';
import { activeDesign, select, uiStore } from '../app/ui-store';
import { addFault } from '../document/commands/faults';
import { documentStore } from '../document/document-store';
import { showDockTab } from '../results/dock-store';
import { EFFECT_TYPES, type EffectType, effectsFor, faultName, freshEffect } from './effects';

/** A new fault stands at a third of the run and lasts a fifth of it: late enough to see the system well before, early enough to see it recover. */
function freshTiming(project: Project): Extract<Fault['timing'], { type: 'once' }> {
  const round = (ms: number): number => {
    const unit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, ms))) - 1);
    return Math.round(ms / unit) * unit;
  };
  return { type: 'once', atMs: round(project.settings.durationMs / 3), lastsMs: round(project.settings.durationMs / 5) };
}

/** Components and links of a design that an effect fits. */
export function targetsFor(design: Design, type: EffectType): readonly string[] {
  return [...design.components, ...design.links].map((record) => record.id).filter((id) => effectsFor(design, id).includes(type));
}

/** Effects that fit anything in the design. */
export function possibleEffects(design: Design): readonly EffectType[] {
  return EFFECT_TYPES.filter((type) => targetsFor(design, type).length > 0);
}

/** Adds a fault to a component or link of the design on display, or to the first selected or fitting one, and opens its form. */
export function addFaultHere(type: EffectType, targetId?: string): void {
  const design = activeDesign();
  if (design === undefined) return;
  const { project } = documentStore.getState();
  const fitting = targetsFor(design, type);
  // Without a choice, what serves is more telling than what passes on.
  const serving = fitting.find((id) => effectsFor(design, id).includes('slow'));
  const target = targetId ?? uiStore.getState().selection.find((id) => fitting.includes(id)) ?? serving ?? fitting[0];
  if (target === undefined) return;
  const id = addFault(design.id, { name: faultName(type, design, target), target, effect: freshEffect(type, project), timing: freshTiming(project) });
  if (id === undefined) return;
  showDockTab('timeline');
  select([target]);
  uiStore.setState({ editingFaultId: id });
}
