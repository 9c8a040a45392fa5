import type { FromTracer } from '../../src-shared/protocol/trace-messages';
import { serveTraces } from '../../src-shared/run/traces';

/** What a worker's global scope offers and a page's does not. */
interface WorkerScope {
  onmessage: ((event: MessageEvent<unknown>) => void) | null;
  readonly postMessage: (message: FromTracer) => void;
}

const scope = self as unknown as WorkerScope;
scope.onmessage = (event) => serveTraces(event.data, (message) => scope.postMessage(message));
