import { z } from 'zod';
import type { Problem } from '../base/problem';
import { FAULT_LIMIT, faultSchema } from '../project/fault';
import { projectSchema } from '../project/project';
import type { Frame } from '../run/frame';

/** A place in the first replication of a run: simulated time in ms, and the events that have been executed there. */
export const placeSchema = z.strictObject({ ms: z.number().min(0), events: z.number().int().min(0) });
export type RunPlace = z.infer<typeof placeSchema>;

/**
 * Where to go: to an instant (after everything that happens at it), to where so many events have been executed, or from a place to the end of the
 * request before or after it, or to the event before or after it. A target outside the run counts as its nearest end.
 */
export const targetSchema = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('time'), ms: z.number().min(0) }),
  z.strictObject({ by: z.literal('events'), events: z.number().int().min(0) }),
  z.strictObject({ by: z.literal('step'), unit: z.enum(['event', 'request']), back: z.boolean(), from: placeSchema }),
]);
export type TravelTarget = z.infer<typeof targetSchema>;

/** Page to a worker that looks back at a run. */
export const toTravelSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('open'),
    /** As it was sent to the engine. */
    project: projectSchema,
    designId: z.string(),
    /** Faults that were injected into the run, with the instants at which they began and what they lasted. */
    injected: z.array(faultSchema).max(FAULT_LIMIT),
    /** How far the run came in its first replication; events: null where it came to the end. */
    end: z.strictObject({ ms: z.number().positive(), events: z.number().int().min(0).nullable() }),
  }),
  /** Makes what shortens the jumps to come; so does every seek once it is answered. */
  z.strictObject({ type: z.literal('prepare') }),
  /** Takes the place of a seek that is still under way. */
  z.strictObject({ type: z.literal('seek'), seekId: z.number().int(), target: targetSchema }),
]);
export type ToTravel = z.infer<typeof toTravelSchema>;

/** What a run was like at one place in it. */
export interface TravelPicture {
  readonly place: RunPlace;
  /** Whether this is as far as the run came. */
  readonly atEnd: boolean;
  /** Frames that follow on each other and together are the visible window before the instant; the last one is of the instant itself. */
  readonly frames: readonly Frame[];
  /** Begin of the first frame's time, in ms. */
  readonly sinceMs: number;
}

const framesSchema = z
  .array(z.custom<Frame>((value) => typeof value === 'object' && value !== null && 'instances' in value && value.instances instanceof Float64Array))
  .min(1)
  .readonly();

/** Worker to page; parsed there, too. */
export const fromTravelSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('opened'),
    componentIds: z.array(z.string()),
    linkIds: z.array(z.string()),
    instanceCounts: z.array(z.number().int()),
  }),
  /** The run cannot be repeated, for these reasons. */
  z.strictObject({ type: z.literal('refused'), problems: z.array(z.custom<Problem>((value) => typeof value === 'object' && value !== null)) }),
  /** Share of a seek that is done, 0..1. */
  z.strictObject({ type: z.literal('progress'), seekId: z.number().int(), share: z.number() }),
  z.strictObject({
    type: z.literal('reached'),
    seekId: z.number().int(),
    picture: z.strictObject({ place: placeSchema, atEnd: z.boolean(), frames: framesSchema, sinceMs: z.number() }),
  }),
  /** Up to `ms` every interval has its picture, and so many sessions stand at earlier instants: jumps are short from now on. */
  z.strictObject({ type: z.literal('prepared'), ms: z.number(), checkPoints: z.number().int() }),
  /** A bug of the program, not of the model. */
  z.strictObject({ type: z.literal('bug'), message: z.string() }),
]);
export type FromTravel = z.infer<typeof fromTravelSchema>;
