import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';

/** What a worker thread sends back about the job it was given. */
export type WorkerMessage = { readonly type: 'progress'; readonly share: number } | { readonly type: 'done'; readonly value: unknown };

/** How many jobs run at the same time. */
export function usualThreads(): number {
  return Math.max(1, availableParallelism());
}

/** Jobs for worker threads, and who is told of them. */
export interface Jobs<Value> {
  readonly count: number;
  /** The message that job `index` is started with. */
  readonly message: (index: number) => unknown;
  /** Gets the value of each job in the order of the jobs, whatever order they finish in. */
  readonly onValue: (value: Value, index: number) => void;
  /** Is told the share of all jobs that is done, 0 to 1. */
  readonly onProgress?: (share: number) => void;
}

/** Runs jobs in worker threads of this same program. Values are handed on and not kept, so that a million jobs need no more memory than ten. */
export async function runInWorkers<Value>(entry: string, threads: number, jobs: Jobs<Value>): Promise<void> {
  const ready = new Map<number, Value>();
  let next = 0;
  let handedOn = 0;
  let done = 0;
  const shares = new Map<number, number>();
  const report = (): void => jobs.onProgress?.([...shares.values()].reduce((sum, share) => sum + share, done) / jobs.count);
  const keep = (index: number, value: Value): void => {
    ready.set(index, value);
    for (; ready.has(handedOn); handedOn++) {
      jobs.onValue(ready.get(handedOn) as Value, handedOn);
      ready.delete(handedOn);
    }
  };
  const workers = Array.from({ length: Math.min(threads, jobs.count) }, () => new Worker(entry));
  const work = (worker: Worker): Promise<void> =>
    new Promise((resolve, reject) => {
      let current = -1;
      const take = (): void => {
        current = next++;
        if (current < jobs.count) worker.postMessage(jobs.message(current));
        else resolve();
      };
      worker.on('message', (message: WorkerMessage) => {
        if (message.type === 'progress') shares.set(current, message.share);
        else {
          shares.delete(current);
          done++;
          keep(current, message.value as Value);
          take();
        }
        report();
      });
      worker.on('error', reject);
      worker.on('exit', (code) => reject(new Error(`A worker thread ended with code ${code}.`)));
      take();
    });
  try {
    await Promise.all(workers.map(work));
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}
