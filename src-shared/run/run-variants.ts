import { invariant } from '../base/result';
import { NS_PER_MS } from '../kinds/lowering';
import type { Project } from '../project/project';
import type { CancelSignal, RunJobs } from './job-pool';
import type { ReplicationPart } from './replication';
import type { VariantJob } from './variant-worker';
import { createVariantCollector, type PreparedVariant, type VariantCollector, type VariantRun } from './variants';

/** How variants are run, and who is told of it. */
export interface VariantsOptions {
  readonly onProgress?: (share: number) => void;
  /** Gets each variant's run in their order, as soon as it is complete. */
  readonly onRun: (run: VariantRun, index: number) => void;
  readonly signal?: CancelSignal;
}

/**
 * Runs variants of one project on the workers of a host, every replication of every variant a job of its own. Results do not depend on how
 * many workers there are: each is the same, byte for byte, as that of the variant run by itself. `prepare` is asked for each variant when its
 * first job begins; what it throws rejects the whole.
 */
export async function runVariants(
  runJobs: RunJobs,
  { settings: { replications, warmUpMs } }: Project,
  count: number,
  prepare: (index: number) => PreparedVariant,
  { onProgress, onRun, signal }: VariantsOptions,
): Promise<void> {
  if (count === 0) return;
  const prepared = new Map<number, PreparedVariant>();
  const ensure = (index: number): PreparedVariant => {
    const known = prepared.get(index) ?? prepare(index);
    prepared.set(index, known);
    return known;
  };
  const cancel = signal === undefined ? {} : { signal };
  const whole = count * (replications + (warmUpMs === 'auto' ? 1 : 0));
  // Where the warm-up is to be found, it is found once for each variant, and all of its replications leave out the same.
  const warmUps: number[] = [];
  if (warmUpMs === 'auto')
    await runJobs<number>({
      count,
      message: (variant) => {
        ensure(variant);
        return { variant, replication: null, warmUp: 0 } satisfies VariantJob;
      },
      onValue: (warmUp) => {
        warmUps.push(warmUp);
        return 'go-on';
      },
      onProgress: (share) => onProgress?.((share * count) / whole),
      ...cancel,
    });
  const fixed = warmUpMs === 'auto' ? 0 : Math.floor(warmUpMs * NS_PER_MS + 0.5);
  const before = warmUpMs === 'auto' ? count / whole : 0;
  let collector: VariantCollector | null = null;
  await runJobs<ReplicationPart>({
    count: count * replications,
    message: (job) => {
      const variant = Math.floor(job / replications);
      ensure(variant);
      return { variant, replication: job % replications, warmUp: warmUps[variant] ?? fixed } satisfies VariantJob;
    },
    onValue: (part, job) => {
      const index = Math.floor(job / replications);
      const own = prepared.get(index);
      invariant(own !== undefined, 'a variant is prepared before its first job begins');
      collector ??= createVariantCollector(own);
      collector.add(part);
      if (job % replications === replications - 1) {
        onRun(collector.finish(), index);
        collector = null;
        prepared.delete(index);
      }
      return 'go-on';
    },
    onProgress: (share) => onProgress?.(before + share * (1 - before)),
    ...cancel,
  });
}
