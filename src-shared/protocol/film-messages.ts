import { z } from 'zod';
import type { Problem } from '../base/problem';
import { FAULT_LIMIT, faultSchema } from '../project/fault';
import { projectSchema } from '../project/project';
import type { Frame } from '../run/frame';

/** Frames of one film at most: a minute at thirty a second. */
export const MOST_FILM_FRAMES = 1800;

/** Page to a film worker: repeat the first replication of a run and tell what it was like at evenly spaced instants. Ending the worker cancels it. */
export const toFilmSchema = z.strictObject({
  type: z.literal('film'),
  project: projectSchema,
  designId: z.string(),
  /** Faults that were injected into the run, with the instants at which they began and what they lasted. */
  injected: z.array(faultSchema).max(FAULT_LIMIT),
  frames: z.number().int().min(1).max(MOST_FILM_FRAMES),
  /** End of the film in simulated ms; it begins at 0. */
  endMs: z.number().positive().max(8.64e9),
});
export type ToFilm = z.infer<typeof toFilmSchema>;

const frameSchema = z.custom<Frame>(
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    'components' in value &&
    value.components instanceof Float64Array &&
    'instances' in value &&
    value.instances instanceof Float64Array,
);

/** Film worker to page; parsed there, too. */
export const fromFilmSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('opened'),
    componentIds: z.array(z.string()),
    linkIds: z.array(z.string()),
    instanceCounts: z.array(z.number().int()),
  }),
  z.strictObject({ type: z.literal('frame'), index: z.number().int().min(0), frame: frameSchema }),
  z.strictObject({ type: z.literal('done') }),
  /** The run cannot be repeated, for these reasons. */
  z.strictObject({ type: z.literal('refused'), problems: z.array(z.custom<Problem>((value) => typeof value === 'object' && value !== null)) }),
  /** A bug of the program, not of the model. */
  z.strictObject({ type: z.literal('bug'), message: z.string() }),
]);
export type FromFilm = z.infer<typeof fromFilmSchema>;
