import type { FromBatch } from '../../src-shared/protocol/batch-messages';
import { serveBatch } from '../../src-shared/run/batch';

/** What a worker's global scope offers and a page's does not. */
interface WorkerScope {
  onmessage: ((event: MessageEvent<unknown>) => void) | null;
  readonly postMessage: (message: FromBatch) => void;
}

const scope = self as unknown as WorkerScope;
scope.onmessage = (event) => serveBatch(event.data, (message) => scope.postMessage(message));
