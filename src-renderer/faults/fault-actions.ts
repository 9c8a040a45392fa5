import type { Fault } from '../../src-shared/project/fault';
import type { Design, Project } from '../../src-shared/project/project';
import { activeDesign, select, uiStore } from '../app/ui-store';
import { addFault } from '../document/commands/faults';
import { documentStore } from '../document/document-store';
import { showDockTab } from '../results/dock-store';
import { componentEffects, EFFECT_TYPES, EFFECTS, type EffectType, effectsFor, faultName, freshEffect } from './effects';

/** A new fault stands at a third of the run and lasts a fifth of it: late enough to see the system well before, early enough to see it recover. */
function freshTiming(project: Project): Extract<Fault['timing'], { type: 'once' }> {
  const round = (ms: number): number => {
    const unit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, ms))) - 1);
    return Math.round(ms / unit) * unit;
  };
  return { type: 'once', atMs: round(project.settings.durationMs / 3), lastsMs: round(project.settings.durationMs / 5) };
}

/** Whether an effect fits anything in the design. */
export function isPossible(design: Design, type: EffectType): boolean {
  return EFFECTS[type].on === 'link' ? design.links.length > 0 : design.components.some((component) => componentEffects(component).includes(type));
}

/** Effects that fit anything in the design. */
export function possibleEffects(design: Design): readonly EffectType[] {
  return EFFECT_TYPES.filter((type) => isPossible(design, type));
}

/** The selected part or link that an effect fits; else the first one that serves, or any that it fits. */
function usualTarget(design: Design, type: EffectType): string | undefined {
  const selected = uiStore.getState().selection.find((id) => effectsFor(design, id).includes(type));
  if (selected !== undefined) return selected;
  if (EFFECTS[type].on === 'link') return design.links[0]?.id;
  const fitting = design.components.filter((component) => componentEffects(component).includes(type));
  // What serves is more telling than what passes on.
  return (fitting.find((component) => componentEffects(component).includes('slow')) ?? fitting[0])?.id;
}

/** Adds a fault to a component or link of the design on display, or to the first selected or fitting one, and opens its form. */
export function addFaultHere(type: EffectType, targetId?: string): void {
  const design = activeDesign();
  if (design === undefined) return;
  const { project } = documentStore.getState();
  const target = targetId ?? usualTarget(design, type);
  if (target === undefined) return;
  // A resize stays; everything else passes.
  const timing = type === 'resize' ? { ...freshTiming(project), lastsMs: 0 } : freshTiming(project);
  const id = addFault(design.id, {
    name: faultName(type, design, target),
    target,
    // A copy is parted from others: at first the one that leads at first.
    ...(type === 'partition' && { instance: 0 }),
    effect: freshEffect(type, project),
    timing,
  });
  if (id === undefined) return;
  showDockTab('timeline');
  select([target]);
  uiStore.setState({ editingFaultId: id });
}
