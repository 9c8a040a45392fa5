/** What a worker says about the job it was given. */
export type JobMessage = { readonly type: 'progress'; readonly share: number } | { readonly type: 'done'; readonly value: unknown };

/** A worker of whatever host: a thread of the command line, a web worker of the page. */
export interface JobWorker {
  /** Gives it its next job. */
  readonly post: (job: unknown) => void;
  readonly close: () => unknown;
}

/** Starts a worker that says what it has to say to these listeners. */
export type StartJobWorker = (onMessage: (message: JobMessage) => void, onFailure: (error: Error) => void) => JobWorker;

/** As much of an `AbortSignal` as is used; every host has it. */
export interface CancelSignal {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void, options?: { once?: boolean }): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/** Jobs for workers, and who is told of them. */
export interface Jobs<Value> {
  readonly count: number;
  /** The message that job `index` is started with. What it throws rejects the whole. */
  readonly message: (index: number) => unknown;
  /** Gets the value of each job in the order of the jobs, whatever order they finish in. `stop` ends the whole at once. */
  readonly onValue: (value: Value, index: number) => 'go-on' | 'stop';
  /** Is told the share of all jobs that is done, 0 to 1. */
  readonly onProgress?: (share: number) => void;
  /** Ends the whole with an error when it is aborted. */
  readonly signal?: CancelSignal;
}

/** Runs jobs on the workers of a host. */
export type RunJobs = <Value>(jobs: Jobs<Value>) => Promise<void>;

/**
 * Runs jobs on as many workers as `threads`, each taking the next one as soon as it has done its last. Values are handed on and not kept, so
 * that a million jobs need no more memory than ten. A worker that dies rejects the whole.
 */
export async function runJobs<Value>(startWorker: StartJobWorker, threads: number, jobs: Jobs<Value>): Promise<void> {
  if (jobs.count === 0) return;
  const workers: JobWorker[] = [];
  let over = false;
  let abort = (): void => undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      const ready = new Map<number, Value>();
      const shares = new Map<number, number>();
      let next = 0;
      let handedOn = 0;
      let done = 0;
      abort = () => reject(new Error('The jobs were cancelled.'));
      if (jobs.signal?.aborted === true) {
        abort();
        return;
      }
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
      for (let count = 0; count < Math.min(threads, jobs.count); count++) {
        let current = -1;
        const take = (worker: JobWorker): void => {
          current = next++;
          if (current < jobs.count) worker.post(jobs.message(current));
        };
        const worker: JobWorker = startWorker((message) => {
          // What a worker said before it was closed may come afterwards.
          if (over) return;
          try {
            if (message.type === 'progress') shares.set(current, message.share);
            else {
              shares.delete(current);
              done++;
              ready.set(current, message.value as Value);
              take(worker);
              handOn();
            }
            jobs.onProgress?.([...shares.values()].reduce((sum, share) => sum + share, done) / jobs.count);
          } catch (error) {
            reject(error instanceof Error ? error : new Error(String(error)));
          }
        }, reject);
        workers.push(worker);
        take(worker);
      }
    });
  } finally {
    over = true;
    jobs.signal?.removeEventListener('abort', abort);
    await Promise.all(workers.map((worker) => worker.close()));
  }
}
