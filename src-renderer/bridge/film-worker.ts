import type { FromFilm } from '../../src-shared/protocol/film-messages';
import { serveFilm } from '../../src-shared/run/film';

/** What a worker's global scope offers and a page's does not. */
interface WorkerScope {
  onmessage: ((event: MessageEvent<unknown>) => void) | null;
  readonly postMessage: (message: FromFilm) => void;
}

const scope = self as unknown as WorkerScope;
scope.onmessage = (event) => serveFilm(event.data, (message) => scope.postMessage(message));
