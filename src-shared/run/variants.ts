import type { Problem } from '../base/problem';
import { err, invariant, ok, type Result } from '../base/result';
import { compile } from '../compile/compile';
import type { Plan } from '../engine/plan';
import type { Design, Project } from '../project/project';
import { applyVariant, type Variant } from '../project/variant';
import { createCombiner } from './combine';
import type { ReplicationPart } from './replication';
import type { RunResult, RunSamples } from './result';
import { createSampler } from './samples';
import { createReplicationRunner } from './session';

/** A variant with its changes made and found sound. */
export interface PreparedVariant {
  readonly variant: Variant;
  /** The project with the changes of the variant. */
  readonly project: Project;
  readonly design: Design;
  readonly plan: Plan;
}

/** Why a variant cannot run: a change that cannot be made, as a sentence, or the errors of the design that results. */
export type VariantFault =
  | { readonly kind: 'change'; readonly variant: Variant; readonly message: string }
  | { readonly kind: 'problems'; readonly variant: Variant; readonly project: Project; readonly problems: readonly Problem[] };

/** Makes the changes of a variant and checks what results. */
export function prepareVariant(project: Project, variant: Variant): Result<PreparedVariant, VariantFault> {
  const changed = applyVariant(project, variant);
  if (!changed.ok) return err({ kind: 'change', variant, message: changed.error });
  const plan = compile(changed.value, variant.designId);
  if (!plan.ok) return err({ kind: 'problems', variant, project: changed.value, problems: plan.error });
  const design = changed.value.designs.find((candidate) => candidate.id === variant.designId);
  invariant(design !== undefined, 'compile has found the design');
  return ok({ variant, project: changed.value, design, plan: plan.value });
}

/** What the run of a variant found: its result, equal to that of a run by itself, and the values of each replication. */
export interface VariantRun {
  readonly prepared: PreparedVariant;
  readonly result: RunResult;
  readonly samples: RunSamples;
}

/** Takes the replications of one variant in the order of their index. */
export interface VariantCollector {
  add(part: ReplicationPart): void;
  finish(): VariantRun;
}

export function createVariantCollector(prepared: PreparedVariant): VariantCollector {
  const combiner = createCombiner(prepared.project, prepared.design, prepared.plan);
  const sampler = createSampler(prepared.plan);
  let limited = false;
  return {
    add(part) {
      // The first replication that reaches a limit of the simulator ends the run; what other threads did meanwhile does not count.
      if (limited) return;
      limited = part.limited;
      combiner.add(part);
      sampler.add(part);
    },
    finish: () => ({ prepared, result: combiner.result('finished'), samples: sampler.samples() }),
  };
}

/** Runs all replications of a variant in this thread; `onProgress` is told the share that is done. */
export function runVariant(prepared: PreparedVariant, onProgress?: (share: number) => void): VariantRun {
  const { replications, warmUpMs } = prepared.project.settings;
  const runner = createReplicationRunner(prepared.project, prepared.variant.designId);
  invariant(runner.ok, 'the variant was found to be sound');
  const collector = createVariantCollector(prepared);
  // The pilot that finds the warm-up is as long as a replication.
  const pilots = warmUpMs === 'auto' ? 1 : 0;
  const whole = replications + pilots;
  for (let index = 0; index < replications; index++) {
    const part = runner.value.run(index, onProgress === undefined ? undefined : (share) => onProgress((pilots + index + share) / whole));
    collector.add(part);
    onProgress?.((pilots + index + 1) / whole);
    if (part.limited) break;
  }
  return collector.finish();
}
