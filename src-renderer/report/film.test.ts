import { describe, expect, it } from 'vitest';
import type { Fault } from '../../src-shared/project/fault';
import { smallProject } from '../../src-shared/project/small-project';
import type { FromFilm, ToFilm } from '../../src-shared/protocol/film-messages';
import { serveFilm } from '../../src-shared/run/film';
import { simulate } from '../../src-shared/run/simulate';
import type { StartFilm } from '../bridge/film';
import { type FilmEncoder, type FilmSource, injectedAsTheyWere, makeFilm } from './film';

const base = smallProject(
  [
    ['users', 'client'],
    ['web', 'service', { servers: 2, replicas: 2 }],
  ],
  [['users', 'web']],
  { ratePerS: 50 },
);
const pause: Fault = { id: 'pause', name: 'Long pause', target: 'web', effect: { type: 'pause' }, timing: { type: 'once', atMs: 1000, lastsMs: 800 } };
const [design] = base.designs;
if (design === undefined) throw new Error('there is one');
const project = { ...base, settings: { ...base.settings, durationMs: 2000, warmUpMs: 0 }, designs: [{ ...design, faults: [pause] }] };
const outcome = simulate(project, 'design', {});
if (!outcome.ok) throw new Error('it runs');
const source: FilmSource = { project, result: outcome.value, injected: [] };
const wishes = { lengthS: 2, framesPerS: 10, width: 1280, height: 720, scheme: 'light' } as const;

/** A worker in this thread, whose messages come later, as those of a real one do. */
const start: StartFilm = (request, onMessage) => {
  let closed = false;
  const messages: FromFilm[] = [];
  serveFilm(request, (message) => messages.push(message));
  void (async () => {
    for (const message of messages) {
      await Promise.resolve();
      if (!closed) onMessage(message);
    }
  })();
  return {
    close: () => {
      closed = true;
    },
  };
};

function recorder(): FilmEncoder & { readonly pictures: { svg: string; atMs: number }[]; closed: boolean; lengthMs: number } {
  const made = {
    pictures: [] as { svg: string; atMs: number }[],
    closed: false,
    lengthMs: 0,
    add: async (svg: string, atMs: number) => {
      made.pictures.push({ svg, atMs });
    },
    finish: async (durationMs: number) => {
      made.lengthMs = durationMs;
      return new Uint8Array([1, 2, 3]);
    },
    close: () => {
      made.closed = true;
    },
  };
  return made;
}

describe('a film of a run', () => {
  it('has a picture for each instant, with live numbers, and names faults while they last', async () => {
    const encoder = recorder();
    const shares: number[] = [];
    const film = await makeFilm(source, wishes, start, encoder, (_svg, share) => shares.push(share), new AbortController().signal);
    expect([...film]).toEqual([1, 2, 3]);
    expect(encoder.pictures.map(({ atMs }) => atMs)).toEqual(Array.from({ length: 20 }, (_, index) => index * 100));
    expect(encoder.lengthMs).toBe(2000);
    expect(shares.at(-1)).toBe(1);
    expect(encoder.closed).toBe(true);
    const named = encoder.pictures.map(({ svg }) => svg.includes('>Long pause<') && svg.includes('>paused<'));
    // Pictures are of 0.1 s, 0.2 s …: the pause begins at 1 s and is over at 1.8 s.
    expect(named).toEqual(Array.from({ length: 20 }, (_, index) => index >= 9 && index < 17));
    expect(encoder.pictures[5]?.svg).toMatch(/>busy<.*%/s);
    expect(new Set(encoder.pictures.map(({ svg }) => svg)).size).toBe(20);
  });

  it('ends at once when it is cancelled, and leaves no worker and no encoder behind', async () => {
    const encoder = recorder();
    const controller = new AbortController();
    const film = makeFilm(source, wishes, start, encoder, (_svg, share) => share >= 0.25 && controller.abort(), controller.signal);
    await expect(film).rejects.toThrow();
    expect(encoder.pictures).toHaveLength(5);
    expect(encoder.closed).toBe(true);
  });

  it('says why a run cannot be repeated, or that its worker has died', async () => {
    const { signal } = new AbortController();
    const dies: StartFilm = (_request, _onMessage, onFailure) => {
      queueMicrotask(() => onFailure('The worker was ended.'));
      return { close: () => undefined };
    };
    const encoder = recorder();
    await expect(makeFilm(source, wishes, dies, encoder, () => undefined, signal)).rejects.toThrow('The worker was ended.');
    expect(encoder.closed).toBe(true);
    const broken: StartFilm = (request, onMessage, onFailure) =>
      start({ ...request, project: { ...project, designs: [{ ...design, components: [] }] } } as ToFilm, onMessage, onFailure);
    await expect(makeFilm(source, wishes, broken, recorder(), () => undefined, signal)).rejects.toThrow('The link leaves a part that does not exist.');
  });

  it('repeats what was injected by hand at the times when it was really under way', () => {
    const byHand: Fault = { ...pause, id: 'by-hand', timing: { type: 'once', atMs: 0, lastsMs: 0 } };
    const told = { id: 'by-hand', name: 'By hand', target: 'web', instance: null, live: true };
    const at = (windows: { beginMs: number; endMs: number | null }[]) =>
      injectedAsTheyWere({ injected: [byHand], result: { ...outcome.value, faults: [{ ...told, windows }] } }).map(({ timing }) => timing);
    expect(at([{ beginMs: 700.000001, endMs: 900 }])).toEqual([{ type: 'once', atMs: 700.000001, lastsMs: 900 - 700.000001 }]);
    expect(at([{ beginMs: 700, endMs: null }])).toEqual([{ type: 'once', atMs: 700, lastsMs: 1300 }]);
    expect(at([])).toEqual([]);
  });
});
