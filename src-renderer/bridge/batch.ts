import type { Problem } from '../../src-shared/base/problem';
import type { Project } from '../../src-shared/project/project';
import type { FromBatch, ToBatch } from '../../src-shared/protocol/batch-messages';
import type { RunResult, RunSamples } from '../../src-shared/run/result';

/** One design that runs to its end in the background. */
export interface BatchJob {
  readonly designId: string;
  /** Changes of the form `part.parameter=value`. */
  readonly changes: readonly string[];
  /** The project that the design is of, where it is another one than that of the batch. */
  readonly project?: Project;
}

/** What a job found: its result, and what each replication measured. */
export interface BatchRun {
  readonly result: RunResult;
  readonly samples: RunSamples;
}

/** How a batch ended: with one run for each job in their order, with the reasons why a job cannot run, by a bug, or because it was cancelled. */
export type BatchOutcome =
  | { readonly outcome: 'done'; readonly runs: readonly BatchRun[] }
  | { readonly outcome: 'refused'; readonly job: number; readonly problems: readonly Problem[] }
  | { readonly outcome: 'failed'; readonly why: string }
  | { readonly outcome: 'cancelled' };

/** A worker of a batch, as far as it is used; tests give others. */
export interface BatchWorker {
  readonly post: (message: ToBatch) => void;
  readonly close: () => void;
}

/** Starts a worker that says what it has to say to these listeners. */
export type StartBatchWorker = (onMessage: (message: FromBatch) => void, onFailure: (why: string) => void) => BatchWorker;

/** Runs a batch of jobs of one project; the share of all of it that is done is told now and then. */
export type RunBatch = (project: Project, jobs: readonly BatchJob[], onProgress: (share: number) => void, signal: AbortSignal) => Promise<BatchOutcome>;

/**
 * Runs every job in a worker, as many at a time as `threads`. Results do not depend on how many there are. Whatever ends the batch early ends
 * all of its workers at once.
 */
export function batchRunner(startWorker: StartBatchWorker, threads: number): RunBatch {
  return (project, jobs, onProgress, signal) =>
    new Promise((resolve) => {
      const runs: BatchRun[] = [];
      const shares = jobs.map(() => 0);
      const workers = new Set<BatchWorker>();
      let next = 0;
      let done = 0;
      const cancel = (): void => end({ outcome: 'cancelled' });
      const end = (outcome: BatchOutcome): void => {
        signal.removeEventListener('abort', cancel);
        for (const worker of workers) worker.close();
        workers.clear();
        resolve(outcome);
      };
      const tell = (job: number, share: number): void => {
        shares[job] = share;
        onProgress(shares.reduce((sum, each) => sum + each, 0) / jobs.length);
      };
      const post = (worker: BatchWorker): void => {
        const job = jobs[next];
        if (job === undefined) return;
        worker.post({ type: 'run', jobId: next, project: job.project ?? project, designId: job.designId, changes: [...job.changes] });
        next++;
      };
      const receive = (worker: () => BatchWorker, message: FromBatch): void => {
        // What a worker said before it was ended may come afterwards.
        if (!workers.has(worker())) return;
        switch (message.type) {
          case 'progress':
            tell(message.jobId, message.share);
            return;
          case 'refused':
            end({ outcome: 'refused', job: message.jobId, problems: message.problems });
            return;
          case 'bug':
            end({ outcome: 'failed', why: message.message });
            return;
          case 'done':
            runs[message.jobId] = { result: message.result, samples: message.samples };
            tell(message.jobId, 1);
            done++;
            if (done === jobs.length) end({ outcome: 'done', runs });
            else post(worker());
            return;
        }
      };
      if (signal.aborted || jobs.length === 0) {
        resolve(jobs.length === 0 ? { outcome: 'done', runs } : { outcome: 'cancelled' });
        return;
      }
      signal.addEventListener('abort', cancel);
      for (let count = 0; count < Math.min(threads, jobs.length); count++) {
        const worker: BatchWorker = startWorker(
          (message) => receive(() => worker, message),
          (why) => workers.has(worker) && end({ outcome: 'failed', why }),
        );
        workers.add(worker);
      }
      for (const worker of [...workers]) post(worker);
    });
}

/** A web worker of the page, which both hosts have: sandboxed as the page is, and gone with it. */
const startWebWorker: StartBatchWorker = (onMessage, onFailure) => {
  const worker = new Worker(new URL('./batch-worker.ts', import.meta.url), { type: 'module', name: 'Topolab batch' });
  worker.onmessage = (event: MessageEvent<FromBatch>) => onMessage(event.data);
  worker.onerror = (event) => onFailure(event.message === '' || event.message === undefined ? 'A worker could not be loaded.' : event.message);
  worker.onmessageerror = () => onFailure('A worker sent something that could not be read.');
  return { post: (message) => worker.postMessage(message), close: () => worker.terminate() };
};

/** Runs batches in web workers, one for each core of the machine but the one that draws. */
export const runBatch: RunBatch = (project, jobs, onProgress, signal) =>
  batchRunner(startWebWorker, Math.max(1, navigator.hardwareConcurrency - 1))(project, jobs, onProgress, signal);
