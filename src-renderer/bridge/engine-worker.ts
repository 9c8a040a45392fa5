import type { FromEngine } from '../../src-shared/protocol/messages';
import { createDriver } from '../../src-shared/run/driver';

/** What a worker's global scope offers and a page's does not. */
interface WorkerScope {
  onmessage: ((event: MessageEvent<unknown>) => void) | null;
  readonly postMessage: (message: FromEngine) => void;
}

const scope = self as unknown as WorkerScope;
const waiting: (() => void)[] = [];
// A message to oneself is the shortest way to let other messages in between: timers are held back by browsers.
const turns = new MessageChannel();
turns.port1.onmessage = () => waiting.shift()?.();

const driver = createDriver({
  now: () => performance.now(),
  later: (callback) => {
    waiting.push(callback);
    turns.port2.postMessage(null);
  },
  delay: (ms, callback) => {
    setTimeout(callback, ms);
  },
  send: (message) => scope.postMessage(message),
});
scope.onmessage = (event) => driver.receive(event.data);
