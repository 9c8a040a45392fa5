import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { type JobMessage, type Jobs, runJobs, type StartJobWorker } from '../../src-shared/run/job-pool';

/** How many jobs run at the same time. */
export function usualThreads(): number {
  return Math.max(1, availableParallelism());
}

/** Runs jobs in worker threads of this same program. `shared` is what every thread is started with. A thread that dies rejects the whole: that is a bug. */
export function runInWorkers<Value>(entry: string, threads: number, shared: unknown, jobs: Jobs<Value>): Promise<void> {
  const start: StartJobWorker = (onMessage, onFailure) => {
    const worker = new Worker(entry, { workerData: shared });
    worker.on('message', (message: JobMessage) => onMessage(message));
    worker.on('error', onFailure);
    worker.on('exit', (code) => onFailure(new Error(`A worker thread ended with code ${code}.`)));
    return { post: (job) => worker.postMessage(job), close: () => worker.terminate() };
  };
  return runJobs(start, threads, jobs);
}
