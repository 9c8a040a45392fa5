import { type FilmLook, filmPicture } from '../../src-shared/analysis/report/film-picture';
import { PICTURE_COLORS, type Scheme } from '../../src-shared/analysis/report/picture-colors';
import { layoutOf } from '../../src-shared/analysis/report/picture-layout';
import { seriesCharts, surroundingsOf } from '../../src-shared/analysis/report/series-charts';
import type { Fault } from '../../src-shared/project/fault';
import type { Project } from '../../src-shared/project/project';
import type { FromFilm } from '../../src-shared/protocol/film-messages';
import type { Frame } from '../../src-shared/run/frame';
import type { RunResult } from '../../src-shared/run/result';
import type { StartFilm } from '../bridge/film';
import { EFFECTS } from '../faults/effects';
import { createLiveStore } from '../run/live-store';
import { looksOfLive } from './live-looks';

/** A film is watched more closely than a canvas: its averages reach back this many times less, over little more than half a second. */
const HASTE = 4;

/** What a film is to be like. */
export interface FilmWishes {
  readonly lengthS: number;
  readonly framesPerS: number;
  readonly width: number;
  readonly height: number;
  readonly scheme: Scheme;
}

/** A finished run that a film is made of. */
export interface FilmSource {
  readonly project: Project;
  readonly result: RunResult;
  /** Faults that were injected by hand. */
  readonly injected: readonly Fault[];
}

/** Takes the pictures of a film, one after the other, and makes a file of them. */
export interface FilmEncoder {
  /** Resolves when the picture has been taken and there is room for the next one. */
  readonly add: (svg: string, atMs: number) => Promise<void>;
  readonly finish: (durationMs: number) => Promise<Uint8Array<ArrayBuffer>>;
  readonly close: () => void;
}

/** Faults that were injected, with the times at which they were really under way in the first replication. */
export function injectedAsTheyWere({ injected, result }: Pick<FilmSource, 'injected' | 'result'>): readonly Fault[] {
  return injected.flatMap((fault) => {
    const [window] = result.faults.find(({ id }) => id === fault.id)?.windows ?? [];
    if (window === undefined) return [];
    const lastsMs = Math.max(1e-6, (window.endMs ?? result.settings.durationMs) - window.beginMs);
    return [{ ...fault, timing: { type: 'once', atMs: window.beginMs, lastsMs } }];
  });
}

/** Frames that wait to be drawn, told by a worker that is ahead. */
function frameQueue(
  start: StartFilm,
  request: Parameters<StartFilm>[0],
): {
  readonly opened: Promise<Extract<FromFilm, { type: 'opened' }>>;
  readonly next: (index: number) => Promise<Frame>;
  readonly close: () => void;
} {
  const frames = new Map<number, Frame>();
  let waiting: { readonly index: number; readonly done: (frame: Frame) => void; readonly fail: (error: Error) => void } | null = null;
  let failure: Error | null = null;
  let openedDone: (message: Extract<FromFilm, { type: 'opened' }>) => void = () => undefined;
  let openedFail: (error: Error) => void = () => undefined;
  const opened = new Promise<Extract<FromFilm, { type: 'opened' }>>((done, fail) => {
    openedDone = done;
    openedFail = fail;
  });
  const fail = (why: string): void => {
    failure = new Error(why);
    openedFail(failure);
    waiting?.fail(failure);
  };
  const worker = start(
    request,
    (message) => {
      if (message.type === 'opened') openedDone(message);
      else if (message.type === 'refused') fail(message.problems[0]?.message ?? 'The run cannot be repeated.');
      else if (message.type === 'bug') fail(message.message);
      else if (message.type === 'frame') {
        if (waiting?.index === message.index) {
          waiting.done(message.frame);
          waiting = null;
        } else frames.set(message.index, message.frame);
      }
    },
    fail,
  );
  return {
    opened,
    next: (index) =>
      new Promise((done, reject) => {
        const frame = frames.get(index);
        if (failure !== null) reject(failure);
        else if (frame === undefined) waiting = { index, done, fail: reject };
        else {
          frames.delete(index);
          done(frame);
        }
      }),
    close: () => worker.close(),
  };
}

/**
 * Makes a film of the first replication of a run: a worker repeats it, each instant is drawn as the canvas would show it, and the
 * encoder makes a file of it. `onPicture` is told each picture and the share that is done. Rejects with the signal's reason where it
 * is cancelled, and with the reason in words where the run cannot be repeated.
 */
export async function makeFilm(
  source: FilmSource,
  wishes: FilmWishes,
  start: StartFilm,
  encoder: FilmEncoder,
  onPicture: (svg: string, share: number) => void,
  signal: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  const { project, result } = source;
  const designId = result.design.id;
  const design = project.designs.find(({ id }) => id === designId);
  if (design === undefined) throw new Error('The design that ran is not in the project any more.');
  const count = Math.round(wishes.lengthS * wishes.framesPerS);
  // What was simulated of the first replication; with several of them the last one may have been cut short.
  const endMs = result.series.timeMs.at(-1) ?? result.simulatedMs;
  const injected = injectedAsTheyWere(source);
  const queue = frameQueue(start, { type: 'film', project, designId, injected: [...injected], frames: count, endMs });
  const faults = new Map([...design.faults, ...injected].map((fault) => [fault.id, fault]));
  const charts = seriesCharts(result, PICTURE_COLORS[wishes.scheme]);
  const surroundings = surroundingsOf(result);
  const faultsOn =
    (ms: number) =>
    (id: string): readonly string[] =>
      result.faults.flatMap((fault) => {
        const underWay = fault.target === id && fault.windows.some(({ beginMs, endMs: end }) => ms >= beginMs && (end === null || ms < end));
        const effect = faults.get(fault.id)?.effect;
        return underWay && effect !== undefined ? [EFFECTS[effect.type].word] : [];
      });
  try {
    const live = createLiveStore();
    const { componentIds, linkIds, instanceCounts } = await queue.opened;
    live.begin(componentIds, linkIds, instanceCounts);
    let look: FilmLook | null = null;
    for (let index = 0; index < count; index++) {
      signal.throwIfAborted();
      const frame = await queue.next(index);
      const shownMs = (index * 1000) / wishes.framesPerS;
      live.takeFrame(frame, shownMs * HASTE, true);
      const looks = looksOfLive(project, designId, live, faultsOn(frame.simulatedMs));
      if (look === null) {
        const { bounds } = layoutOf(project, design, looks);
        // Room for a line of numbers more, which parts may need later.
        look = { width: wishes.width, height: wishes.height, scheme: wishes.scheme, bounds: { ...bounds, height: bounds.height + 18 }, charts, surroundings };
      }
      const { offeredPerS, completedPerS, failedPerS, latencyP95Ms } = frame.endToEnd;
      const svg = filmPicture(
        project,
        design,
        { atS: frame.simulatedMs / 1000, endS: endMs / 1000, numbers: { offeredPerS, completedPerS, failedPerS, latencyP95Ms }, looks },
        look,
      );
      await encoder.add(svg, Math.round(shownMs));
      onPicture(svg, (index + 1) / count);
    }
    return await encoder.finish(wishes.lengthS * 1000);
  } finally {
    queue.close();
    encoder.close();
  }
}
