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
  /** Gets the value of each job in the order of the jobs, whatever order they finish in. `stop` ends the whole at once. */
  readonly onValue: (value: Value, index: number) => 'go-on' | 'stop';
  /** Is told the share of all jobs that is done, 0 to 1. */
  readonly onProgress?: (share: number) => void;
  /** Ends the whole with an error when it is aborted. */
  readonly signal?: AbortSignal;
}

/**
 * Runs jobs in worker threads of this same program. Values are handed on and not kept, so that a million jobs need no more
 * memory than ten. `shared` is what every thread is started with. A thread that dies rejects the whole: that is a bug.
 */
export async function runInWorkers<Value>(entry: string, threads: number, shared: unknown, jobs: Jobs<Value>): Promise<void> {
  const ready = new Map<number, Value>();
  const shares = new Map<number, number>();
  let next = 0;
  let handedOn = 0;
  let done = 0;
  const report = (): void => jobs.onProgress?.([...shares.values()].reduce((sum, share) => sum + share, done) / jobs.count);
  const workers = Array.from({ length: Math.min(threads, jobs.count) }, () => new Worker(entry, { workerData: shared }));
  try {
    await new Promise<void>((resolve, reject) => {
      const abort = (): void => reject(new Error('The jobs were cancelled.'));
      if (jobs.signal?.aborted === true) abort();
      jobs.signal?.addEventListener('abort', abort, { once: true });
      const handOn = (): void => {
        for (; ready.has(handedOn); handedOn++) {
          const value = ready.get(handedOn) as Value;
          ready.delete(handedOn);
          if (jobs.onValue(value, handedOn) === 'go-on') continue;
          resolve();
          return;
        }
        if (handedOn === jobs.count) resolve();
      };
      for (const worker of workers) {
        let current = -1;
        const take = (): void => {
          current = next++;
          if (current < jobs.count) worker.postMessage(jobs.message(current));
        };
        worker.on('message', (message: WorkerMessage) => {
          if (message.type === 'progress') shares.set(current, message.share);
          else {
            shares.delete(current);
            done++;
            ready.set(current, message.value as Value);
            take();
            handOn();
          }
          report();
        });
        worker.on('error', reject);
        worker.on('exit', (code) => reject(new Error(`A worker thread ended with code ${code}.`)));
        take();
      }
    });
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}
