import { type FromTravel, fromTravelSchema, type ToTravel } from '../../src-shared/protocol/time-travel-messages';

/** A worker that looks back at one run, as far as it is used; tests give others. */
export interface TravelWorker {
  readonly post: (message: ToTravel) => void;
  readonly close: () => void;
}

/** Starts a worker that says what it has to say to these listeners; after a failure it says nothing more. */
export type StartTravelWorker = (onMessage: (message: FromTravel) => void, onFailure: (why: string) => void) => TravelWorker;

/** A web worker of the page, which both hosts have: sandboxed as the page is, and gone with it. */
export const startTravelWorker: StartTravelWorker = (onMessage, onFailure) => {
  const worker = new Worker(new URL('./time-travel-worker.ts', import.meta.url), { type: 'module', name: 'Topolab time travel' });
  worker.onmessage = (event: MessageEvent<unknown>) => {
    const parsed = fromTravelSchema.safeParse(event.data);
    if (parsed.success) onMessage(parsed.data);
    else onFailure(`It sent something that could not be read: ${parsed.error.issues[0]?.message ?? 'another form than expected'}.`);
  };
  worker.onerror = (event) => onFailure(event.message === '' || event.message === undefined ? 'The worker could not be loaded.' : event.message);
  worker.onmessageerror = () => onFailure('It sent something that could not be read.');
  return { post: (message) => worker.postMessage(message), close: () => worker.terminate() };
};
