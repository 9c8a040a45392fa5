import { invariant } from '../base/result';
import type { Project } from '../project/project';
import { applyVariant, type Variant } from '../project/variant';
import type { ReplicationPart } from './replication';
import { createReplicationRunner, type ReplicationRunner } from './session';

/** One replication of one variant; `replication` null: only find the warm-up. `warmUp` in ns. */
export interface VariantJob {
  readonly variant: number;
  readonly replication: number | null;
  readonly warmUp: number;
}

/** Does jobs of variants: gives the part of a replication, or the warm-up in ns. `onProgress` is told the share of the job that is done. */
export type VariantWorker = (job: VariantJob, onProgress: (share: number) => void) => ReplicationPart | number;

/** A worker for the variants of one project, which were found to be sound; the engine of a variant is kept until another one is asked for. */
export function createVariantWorker(project: Project, variants: readonly Variant[]): VariantWorker {
  let current: { readonly variant: number; readonly runner: ReplicationRunner } | null = null;
  return ({ variant, replication, warmUp }, onProgress) => {
    if (current?.variant !== variant || replication === null) {
      const chosen = variants[variant];
      invariant(chosen !== undefined, `the variant ${variant} exists`);
      const changed = applyVariant(project, chosen);
      invariant(changed.ok, 'the changes were found to be possible before');
      const runner = createReplicationRunner(changed.value, chosen.designId, replication === null ? undefined : warmUp);
      invariant(runner.ok, 'the design was found to be sound before');
      if (replication === null) return runner.value.warmUp;
      current = { variant, runner: runner.value };
    }
    return current.runner.run(replication, onProgress);
  };
}
