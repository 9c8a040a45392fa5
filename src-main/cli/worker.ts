import { parentPort, workerData } from 'node:worker_threads';
import { invariant } from '../../src-shared/base/result';
import type { Project } from '../../src-shared/project/project';
import type { Variant } from '../../src-shared/project/variant';
import type { JobMessage } from '../../src-shared/run/job-pool';
import { createReplicationRunner } from '../../src-shared/run/session';
import { createVariantWorker, type VariantJob } from '../../src-shared/run/variant-worker';
import { CASES } from '../../src-shared/validation/cases';
import type { ValidationOptions } from '../../src-shared/validation/validate';
import { validateCase } from '../../src-shared/validation/validate';

/** What a worker thread is started for. */
export type WorkerTask =
  | { readonly type: 'replications'; readonly project: Project; readonly designId: string; readonly warmUp: number }
  | { readonly type: 'variants'; readonly project: Project; readonly variants: readonly Variant[] }
  | { readonly type: 'validation'; readonly options: ValidationOptions };

/** Share of a job between two reports of progress. */
const REPORT_EVERY = 0.01;

/** The life of a worker thread: each message names a job (a replication or a case), each answer is its value. */
export function serveAsWorker(): void {
  const port = parentPort;
  invariant(port !== null, 'a worker thread has a port to its parent');
  const send = (message: JobMessage): void => port.postMessage(message);
  const work = workerFor(workerData as WorkerTask, send);
  port.on('message', (job: Job) => send({ type: 'done', value: work(job) }));
}

type Job = number | string | VariantJob;

function workerFor(task: WorkerTask, send: (message: JobMessage) => void): (job: Job) => unknown {
  if (task.type === 'variants') {
    const worker = createVariantWorker(task.project, task.variants);
    return (job) => worker(job as VariantJob, progressOf(send));
  }
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

function progressOf(send: (message: JobMessage) => void): (share: number) => void {
  let last = 0;
  return (share) => {
    if (share - last < REPORT_EVERY) return;
    last = share;
    send({ type: 'progress', share });
  };
}
