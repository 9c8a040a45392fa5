import { invariant } from '../../src-shared/base/result';
import { NS_PER_MS } from '../../src-shared/kinds/lowering';
import type { Project } from '../../src-shared/project/project';
import type { ReplicationPart } from '../../src-shared/run/replication';
import type { PreparedVariant, VariantCollector, VariantRun } from '../../src-shared/run/variants';
import { createVariantCollector } from '../../src-shared/run/variants';
import type { VariantJob, WorkerTask } from './worker';
import { runInWorkers, usualThreads } from './worker-pool';

/** How variants are run, and who is told of it. */
export interface VariantsOptions {
  readonly onProgress?: (share: number) => void;
  /** Gets each variant's run in their order, as soon as it is complete. */
  readonly onRun: (run: VariantRun, index: number) => void;
  readonly signal?: AbortSignal;
  readonly threads?: number;
}

/**
 * Runs variants of one project, every replication of every variant a job of its own, spread over the cores of the machine. Results do
 * not depend on how many there are: each is the same, byte for byte, as that of the variant run by itself.
 */
export async function variantsInThreads(
  entry: string,
  project: Project,
  variants: readonly PreparedVariant[],
  { onProgress, onRun, signal, threads = usualThreads() }: VariantsOptions,
): Promise<void> {
  if (variants.length === 0) return;
  const { replications, warmUpMs } = project.settings;
  const task: WorkerTask = { type: 'variants', project, variants: variants.map(({ variant }) => variant) };
  const whole = variants.length * (replications + (warmUpMs === 'auto' ? 1 : 0));
  // Where the warm-up is to be found, it is found once for each variant, and all of its replications leave out the same.
  const warmUps = warmUpMs === 'auto' ? [] : variants.map(() => Math.floor(warmUpMs * NS_PER_MS + 0.5));
  if (warmUpMs === 'auto')
    await runInWorkers<number>(entry, threads, task, {
      count: variants.length,
      message: (variant) => ({ variant, replication: null, warmUp: 0 }) satisfies VariantJob,
      onValue: (warmUp) => {
        warmUps.push(warmUp);
        return 'go-on';
      },
      onProgress: (share) => onProgress?.((share * variants.length) / whole),
      ...(signal === undefined ? {} : { signal }),
    });
  const before = warmUpMs === 'auto' ? variants.length / whole : 0;
  let collector: VariantCollector | null = null;
  await runInWorkers<ReplicationPart>(entry, threads, task, {
    count: variants.length * replications,
    message: (job) => {
      const variant = Math.floor(job / replications);
      return { variant, replication: job % replications, warmUp: warmUps[variant] ?? 0 } satisfies VariantJob;
    },
    onValue: (part, job) => {
      const index = Math.floor(job / replications);
      const prepared = variants[index];
      invariant(prepared !== undefined, 'every job belongs to a variant');
      collector ??= createVariantCollector(prepared);
      collector.add(part);
      if (job % replications === replications - 1) {
        onRun(collector.finish(), index);
        collector = null;
      }
      return 'go-on';
    },
    onProgress: (share) => onProgress?.(before + share * (1 - before)),
    ...(signal === undefined ? {} : { signal }),
  });
}
