import { describe, expect, it } from 'vitest';
import { smallProject } from '../project/small-project';
import type { FromFilm } from '../protocol/film-messages';
import { fromFilmSchema } from '../protocol/film-messages';
import { serveFilm } from './film';
import { simulate } from './simulate';

const project = {
  ...smallProject(
    [
      ['users', 'client'],
      ['web', 'service', { servers: 2, serviceTime: { type: 'exponential', meanMs: 10 } }],
    ],
    [['users', 'web']],
    { ratePerS: 100 },
  ),
};
const short = { ...project, settings: { ...project.settings, durationMs: 10_000, warmUpMs: 0, replications: 3 } };
const pause = { id: 'pause', name: 'Pause', target: 'web', effect: { type: 'pause' }, timing: { type: 'once', atMs: 4000, lastsMs: 2000 } } as const;

function film(request: unknown): FromFilm[] {
  const messages: FromFilm[] = [];
  serveFilm(request, (message) => messages.push(message));
  return messages;
}
const request = { type: 'film', project: short, designId: 'design', injected: [], frames: 20, endMs: 10_000 };
const framesOf = (messages: readonly FromFilm[]) => messages.flatMap((message) => (message.type === 'frame' ? [message.frame] : []));

describe('frames of a film', () => {
  it('are of evenly spaced instants of the first replication, and add up to it', () => {
    const messages = film(request);
    expect(messages.map(({ type }) => type)).toEqual(['opened', ...Array(20).fill('frame'), 'done']);
    expect(messages.every((message) => fromFilmSchema.safeParse(message).success)).toBe(true);
    const frames = framesOf(messages);
    expect(frames.map(({ simulatedMs }) => simulatedMs)).toEqual(Array.from({ length: 20 }, (_, index) => (index + 1) * 500));
    const alone = simulate({ ...short, settings: { ...short.settings, replications: 1 } }, 'design', {});
    if (!alone.ok) throw new Error('it runs');
    const completed = frames.reduce((sum, { endToEnd }) => sum + endToEnd.completedPerS * 0.5, 0);
    expect(completed).toBeCloseTo(alone.value.endToEnd.metrics.completed ?? 0, 6);
  });

  it('show what was injected by hand', () => {
    const frames = framesOf(film({ ...request, injected: [pause] }));
    // Paused from 4 s to 6 s: nothing ends in the seconds between.
    expect(frames.filter(({ simulatedMs }) => simulatedMs > 4500 && simulatedMs <= 6000).map(({ endToEnd }) => endToEnd.completedPerS)).toEqual([0, 0, 0]);
    expect(frames[5]?.endToEnd.completedPerS).toBeGreaterThan(0);
  });

  it('are refused with the reasons for a design that cannot run; what is no message is dropped', () => {
    const broken = { ...short, designs: [{ ...short.designs[0], components: [] }] };
    const [answer] = film({ ...request, project: broken });
    expect(answer?.type === 'refused' && answer.problems.length > 0).toBe(true);
    expect(film({ type: 'film' })).toEqual([]);
    expect(film(null)).toEqual([]);
  });
});
