import { parentPort, workerData } from 'node:worker_threads';
import { invariant } from '../../src-shared/base/result';
import type { Project } from '../../src-shared/project/project';
import { applyVariant, type Variant } from '../../src-shared/project/variant';
import type { ReplicationRunner } from '../../src-shared/run/session';
import { createReplicationRunner } from '../../src-shared/run/session';
import { CASES } from '../../src-shared/validation/cases';
import type { ValidationOptions } from '../../src-shared/validation/validate';
import { validateCase } from '../../src-shared/validation/validate';
import type { WorkerMessage } from './worker-pool';

/** What a worker thread is started for. */
export type WorkerTask =
  | { readonly type: 'replications'; readonly project: Project; readonly designId: string; readonly warmUp: number }
  | { readonly type: 'variants'; readonly project: Project; readonly variants: readonly Variant[] }
  | { readonly type: 'validation'; readonly options: ValidationOptions };

/** One replication of one variant; `replication` null: only find the warm-up. `warmUp` in ns. */
export interface VariantJob {
  readonly variant: number;
  readonly replication: number | null;
  readonly warmUp: number;
}

/** Share of a job between two reports of progress. */
const REPORT_EVERY = 0.01;

/** The life of a worker thread: each message names a job (a replication or a case), each answer is its value. */
export function serveAsWorker(): void {
  const port = parentPort;
  invariant(port !== null, 'a worker thread has a port to its parent');
  const send = (message: WorkerMessage): void => port.postMessage(message);
  const work = workerFor(workerData as WorkerTask, send);
  port.on('message', (job: Job) => send({ type: 'done', value: work(job) }));
}

type Job = number | string | VariantJob;

function workerFor(task: WorkerTask, send: (message: WorkerMessage) => void): (job: Job) => unknown {
  if (task.type === 'variants') return variantWorker(task, send);
  if (task.type === 'validation') {
    return (job) => {
      const found = CASES.find((candidate) => candidate.id === job);
      invariant(found !== undefined, `the case ${job} exists`);
      return validateCase(found, task.options);
    };
  }
  const runner = createReplicationRunner(task.project, task.designId, task.warmUp);
  invariant(runner.ok, 'the design was found to be sound before');
  return (job) => runner.value.run(Number(job), progressOf(send));
}

/** Runs replications of variants; the engine of a variant is kept until another one is asked for. */
function variantWorker({ project, variants }: Extract<WorkerTask, { type: 'variants' }>, send: (message: WorkerMessage) => void): (job: Job) => unknown {
  let current: { readonly variant: number; readonly runner: ReplicationRunner } | null = null;
  return (job) => {
    const { variant, replication, warmUp } = job as VariantJob;
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
    return current.runner.run(replication, progressOf(send));
  };
}

function progressOf(send: (message: WorkerMessage) => void): (share: number) => void {
  let last = 0;
  return (share) => {
    if (share - last < REPORT_EVERY) return;
    last = share;
    send({ type: 'progress', share });
  };
}
