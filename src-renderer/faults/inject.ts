import { activeDesign } from '../app/ui-store';
import { documentStore } from '../document/document-store';
import { freshId, freshName } from '../document/ids';
import { runFaultsStore } from '../run/active-faults';
import { runStore } from '../run/run';
import { type EffectType, faultName, freshEffect } from './effects';

/** Lets an effect begin at once on a part or link of the run under way, with its usual values, until it is cleared. */
export function injectHere(type: EffectType, targetId: string): void {
  const design = activeDesign();
  const { designId, injected, simulatedMs } = runStore.getState();
  if (design === undefined || design.id !== designId) return;
  const known = [...runFaultsStore.getState().known.values(), ...injected];
  runStore.injectFault({
    id: freshId('injected', new Set(known.map((fault) => fault.id))),
    name: freshName(faultName(type, design, targetId), new Set(known.map((fault) => fault.name))),
    target: targetId,
    effect: freshEffect(type, documentStore.getState().project),
    timing: { type: 'once', atMs: simulatedMs, lastsMs: 0 },
  });
}
