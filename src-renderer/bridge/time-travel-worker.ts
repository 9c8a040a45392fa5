import type { FromTravel } from '../../src-shared/protocol/time-travel-messages';
import { createTimeTravel } from '../../src-shared/run/time-travel';

/** What a worker's global scope offers and a page's does not. */
interface WorkerScope {
  onmessage: ((event: MessageEvent<unknown>) => void) | null;
  readonly postMessage: (message: FromTravel) => void;
}

const scope = self as unknown as WorkerScope;
const waiting: (() => void)[] = [];
// A message to oneself is the shortest way to let other messages in between: timers are held back by browsers.
const turns = new MessageChannel();
turns.port1.onmessage = () => waiting.shift()?.();

const travel = createTimeTravel({
  now: () => performance.now(),
  later: (callback) => {
    waiting.push(callback);
    turns.port2.postMessage(null);
  },
  send: (message) => scope.postMessage(message),
});
scope.onmessage = (event) => travel.receive(event.data);
