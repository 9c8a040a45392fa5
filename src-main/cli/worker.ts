import { parentPort, workerData } from 'node:worker_threads';
import { invariant } from '../../src-shared/base/result';
import type { Project } from '../../src-shared/project/project';
import { createReplicationRunner } from '../../src-shared/run/session';
import { CASES } from '../../src-shared/validation/cases';
import type { ValidationOptions } from '../../src-shared/validation/validate';
import { validateCase } from '../../src-shared/validation/validate';
import type { WorkerMessage } from './worker-pool';

/** What a worker thread is started for. */
export type WorkerTask =
  | { readonly type: 'replications'; readonly project: Project; readonly designId: string; readonly warmUp: number }
  | { readonly type: 'validation'; readonly options: ValidationOptions };

/** Share of a job between two reports of progress. */
const REPORT_EVERY = 0.01;

/** The life of a worker thread: each message names a job (a replication or a case), each answer is its value. */
export function serveAsWorker(): void {
  const port = parentPort;
  invariant(port !== null, 'a worker thread has a port to its parent');
  const send = (message: WorkerMessage): void => port.postMessage(message);
  const work = workerFor(workerData as WorkerTask, send);
  port.on('message', (job: number | string) => send({ type: 'done', value: work(job) }));
}

function workerFor(task: WorkerTask, send: (message: WorkerMessage) => void): (job: number | string) => unknown {
  if (task.type === 'validation') {
    return (job) => {
      const found = CASES.find((candidate) => candidate.id === job);
      invariant(found !== undefined, `the case ${job} exists`);
      return validateCase(found, task.options);
    };
  }
  const runner = createReplicationRunner(task.project, task.designId, task.warmUp);
  invariant(runner.ok, 'the design was found to be sound before');
  return (job) => {
    let last = 0;
    return runner.value.run(Number(job), (share) => {
      if (share - last < REPORT_EVERY) return;
      last = share;
      send({ type: 'progress', share });
    });
  };
}
