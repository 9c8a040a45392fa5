import { z } from 'zod';
import { distributionSchema } from '../kinds/distribution';

const idSchema = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'must be lower-case letters, digits and hyphens, 1 to 64 of them');
const ms = z.number().min(0).max(8.64e9);

/** What goes wrong (or is done) while a fault lasts. Crash, pause, partition, slow, errors, surge and resize happen to components; the others to links. */
export const faultEffectSchema = z.discriminatedUnion('type', [
  /** The process is gone and what it had is lost. `silent`: nobody answers; else callers are refused at once. `restartMs`: time to start again after the repair. */
  z.strictObject({ type: z.literal('crash'), silent: z.boolean(), restartMs: ms }),
  /** Requests are accepted, nothing is served. */
  z.strictObject({ type: z.literal('pause') }),
  /** A copy of a database is parted from its other copies. `callers`: share of the requests that come from its side and see it alone. */
  z.strictObject({ type: z.literal('partition'), callers: z.number().min(0).max(1) }),
  /** Service takes `factor` times as long. */
  z.strictObject({ type: z.literal('slow'), factor: z.number().min(1).max(1e6) }),
  /** This share of the requests fails at once. */
  z.strictObject({ type: z.literal('errors'), share: z.number().min(0).max(1) }),
  /** A client sends `factor` times as many requests. */
  z.strictObject({ type: z.literal('surge'), factor: z.number().positive().max(1e4) }),
  /** Every message takes this much longer. */
  z.strictObject({ type: z.literal('latency'), addedMs: ms }),
  /** This share of the messages is lost, beside what the link loses anyway. */
  z.strictObject({ type: z.literal('loss'), share: z.number().min(0).max(1) }),
  z.strictObject({ type: z.literal('cut'), direction: z.enum(['both', 'requests', 'replies']) }),
  /** Not a fault but a change that lasts: the component moves to another machine of the ladder. `restartMs` 0: live. */
  z.strictObject({ type: z.literal('resize'), machine: idSchema, restartMs: ms }),
]);
export type FaultEffectRecord = z.infer<typeof faultEffectSchema>;

/** When: once, at a time and for a time, or again and again by chance (MTBF and MTTR). */
export const faultTimingSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('once'), atMs: ms, lastsMs: ms }),
  z.strictObject({ type: z.literal('random'), between: distributionSchema, lasts: distributionSchema }),
]);

/** A fault on the timeline of a design. */
export const faultSchema = z.strictObject({
  id: idSchema,
  name: z.string().min(1).max(120),
  /** Id of a component or of a link. */
  target: idSchema,
  /** Which instance of the component, from 0; absent: all of them. */
  instance: z.number().int().min(0).max(9999).optional(),
  effect: faultEffectSchema,
  timing: faultTimingSchema,
  /** Kept in the file, but does not happen. */
  disabled: z.boolean().optional(),
});
export type Fault = z.infer<typeof faultSchema>;
export const FAULT_LIMIT = 500;
