import type { Problem } from '../../src-shared/base/problem';
import type { TraceSet } from '../../src-shared/protocol/trace';
import { fromTracerSchema, type ToTracer } from '../../src-shared/protocol/trace-messages';

/** How tracing ended: with traces, with the reasons why the design cannot run, by a bug or a lost worker, or because it was cancelled. */
export type TracingOutcome =
  | { readonly outcome: 'done'; readonly traces: TraceSet }
  | { readonly outcome: 'refused'; readonly problems: readonly Problem[] }
  | { readonly outcome: 'failed'; readonly why: string }
  | { readonly outcome: 'cancelled' };

/** A worker that traces one run, as far as it is used; tests give others. */
export interface TraceWorker {
  readonly post: (message: ToTracer) => void;
  readonly close: () => void;
}

/** Starts a worker that says what it has to say to these listeners. */
export type StartTraceWorker = (onMessage: (message: unknown) => void, onFailure: (why: string) => void) => TraceWorker;

/** Repeats a run in a worker and gives traces of it; the share that is done is told now and then. Whatever ends it ends the worker. */
export type TraceRunInWorker = (request: ToTracer, onProgress: (share: number) => void, signal: AbortSignal) => Promise<TracingOutcome>;

/** Traces in workers of this sort. What a worker says is checked before it is believed. */
export function tracer(startWorker: StartTraceWorker): TraceRunInWorker {
  return (request, onProgress, signal) =>
    new Promise((resolve) => {
      if (signal.aborted) {
        resolve({ outcome: 'cancelled' });
        return;
      }
      let over = false;
      const cancel = (): void => end({ outcome: 'cancelled' });
      const end = (outcome: TracingOutcome): void => {
        if (over) return;
        over = true;
        signal.removeEventListener('abort', cancel);
        worker.close();
        resolve(outcome);
      };
      const receive = (raw: unknown): void => {
        const parsed = fromTracerSchema.safeParse(raw);
        if (!parsed.success) {
          end({ outcome: 'failed', why: 'The worker sent something that could not be read.' });
          return;
        }
        const message = parsed.data;
        if (message.type === 'progress') {
          if (!over) onProgress(message.share);
        } else if (message.type === 'refused') end({ outcome: 'refused', problems: message.problems });
        else if (message.type === 'bug') end({ outcome: 'failed', why: message.message });
        else end({ outcome: 'done', traces: message.traces });
      };
      signal.addEventListener('abort', cancel);
      const worker = startWorker(receive, (why) => end({ outcome: 'failed', why }));
      worker.post(request);
    });
}

/** Traces in a web worker of the page, which both hosts have: sandboxed as the page is, and gone with it. */
export const traceRun: TraceRunInWorker = tracer((onMessage, onFailure) => {
  const worker = new Worker(new URL('./trace-worker.ts', import.meta.url), { type: 'module', name: 'Topolab traces' });
  worker.onmessage = (event: MessageEvent<unknown>) => onMessage(event.data);
  worker.onerror = (event) => onFailure(event.message === '' || event.message === undefined ? 'The worker could not be loaded.' : event.message);
  worker.onmessageerror = () => onFailure('The worker sent something that could not be read.');
  return { post: (message) => worker.postMessage(message), close: () => worker.terminate() };
});
