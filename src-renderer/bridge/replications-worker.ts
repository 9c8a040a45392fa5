import type { FromReplications } from '../../src-shared/protocol/replication-messages';
import { createReplicationServer } from '../../src-shared/run/serve-replications';

/** What a worker's global scope offers and a page's does not. */
interface WorkerScope {
  onmessage: ((event: MessageEvent<unknown>) => void) | null;
  readonly postMessage: (message: FromReplications) => void;
}

const scope = self as unknown as WorkerScope;
const serve = createReplicationServer((message) => scope.postMessage(message));
scope.onmessage = (event) => serve(event.data);
