import type { Project } from '../../src-shared/project/project';
import type { Variant } from '../../src-shared/project/variant';
import { fromReplicationsSchema, type ToReplications } from '../../src-shared/protocol/replication-messages';
import { type JobMessage, runJobs, type StartJobWorker } from '../../src-shared/run/job-pool';
import { runVariants, type VariantsOptions } from '../../src-shared/run/run-variants';
import type { VariantJob } from '../../src-shared/run/variant-worker';
import type { PreparedVariant } from '../../src-shared/run/variants';

/** Runs variants of a project, replications spread over all cores; `prepare` is asked for each variant when its first job begins, and what it throws rejects the whole. */
export type RunVariants = (
  project: Project,
  variants: readonly Variant[],
  prepare: (index: number) => PreparedVariant,
  options: VariantsOptions & { readonly signal: AbortSignal },
) => Promise<void>;

/** Starts web workers of the page, which both hosts have, for the variants of one project. */
function webWorkers(project: Project, variants: readonly Variant[]): StartJobWorker {
  return (onMessage, onFailure) => {
    const worker = new Worker(new URL('./replications-worker.ts', import.meta.url), { type: 'module', name: 'Topolab replications' });
    const post = (message: ToReplications): void => worker.postMessage(message);
    worker.onmessage = (event: MessageEvent<unknown>) => {
      const parsed = fromReplicationsSchema.safeParse(event.data);
      if (!parsed.success) onFailure(new Error('A worker sent something that could not be read.'));
      else if (parsed.data.type === 'bug') onFailure(new Error(parsed.data.message));
      else onMessage(parsed.data satisfies JobMessage);
    };
    worker.onerror = (event) => onFailure(new Error(event.message === '' || event.message === undefined ? 'A worker could not be loaded.' : event.message));
    worker.onmessageerror = () => onFailure(new Error('A worker sent something that could not be read.'));
    post({ type: 'open', project, variants: variants.map(({ label, designId, changes }) => ({ label, designId, changes: [...changes] })) });
    return { post: (job) => post({ type: 'job', ...(job as VariantJob) }), close: () => worker.terminate() };
  };
}

/** Runs variants in web workers, one for each core of the machine: the window has little to draw meanwhile, and the system shares the cores out. */
export const runVariantsInWorkers: RunVariants = (project, variants, prepare, options) =>
  runVariants((jobs) => runJobs(webWorkers(project, variants), Math.max(1, navigator.hardwareConcurrency), jobs), project, variants.length, prepare, options);
