import { type FromFilm, fromFilmSchema, type ToFilm } from '../../src-shared/protocol/film-messages';

/** A worker that repeats a run for a film. */
export interface FilmWorker {
  readonly close: () => void;
}

/** Starts a worker that repeats a run and says what it has to say to these listeners; a worker that dies or speaks nonsense is a failure. */
export type StartFilm = (request: ToFilm, onMessage: (message: FromFilm) => void, onFailure: (why: string) => void) => FilmWorker;

/** A web worker of the page, which both hosts have. */
export const startFilm: StartFilm = (request, onMessage, onFailure) => {
  const worker = new Worker(new URL('./film-worker.ts', import.meta.url), { type: 'module', name: 'Topolab film' });
  worker.onmessage = (event: MessageEvent<unknown>) => {
    const parsed = fromFilmSchema.safeParse(event.data);
    if (parsed.success) onMessage(parsed.data);
    else onFailure('A worker sent something that could not be read.');
  };
  worker.onerror = (event) => onFailure(event.message === '' || event.message === undefined ? 'A worker could not be loaded.' : event.message);
  worker.onmessageerror = () => onFailure('A worker sent something that could not be read.');
  worker.postMessage(request);
  return { close: () => worker.terminate() };
};
