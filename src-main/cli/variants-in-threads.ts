import { invariant } from '../../src-shared/base/result';
import type { Project } from '../../src-shared/project/project';
import { runVariants, type VariantsOptions } from '../../src-shared/run/run-variants';
import type { PreparedVariant } from '../../src-shared/run/variants';
import type { WorkerTask } from './worker';
import { runInWorkers, usualThreads } from './worker-pool';

/** Runs variants of one project in worker threads, as many as the machine has cores where nothing else is said. */
export function variantsInThreads(
  entry: string,
  project: Project,
  variants: readonly PreparedVariant[],
  { threads = usualThreads(), ...options }: VariantsOptions & { readonly threads?: number },
): Promise<void> {
  const task: WorkerTask = { type: 'variants', project, variants: variants.map(({ variant }) => variant) };
  const prepared = (index: number): PreparedVariant => {
    const found = variants[index];
    invariant(found !== undefined, 'every job belongs to a variant');
    return found;
  };
  return runVariants((jobs) => runInWorkers(entry, threads, task, jobs), project, variants.length, prepared, options);
}
