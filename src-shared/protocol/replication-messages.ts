import { z } from 'zod';
import { projectSchema } from '../project/project';

/** A message to a worker that runs replications: first the project and its variants, then one job after the other. Ending the worker cancels it. */
export const toReplicationsSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('open'),
    project: projectSchema,
    variants: z
      .array(z.strictObject({ label: z.string(), designId: z.string(), changes: z.array(z.string().max(20_000)).max(1000) }))
      .min(1)
      .max(100_000),
  }),
  z.strictObject({
    type: z.literal('job'),
    /** Index of the variant. */
    variant: z.number().int().min(0),
    /** Null: only find the warm-up. */
    replication: z.number().int().min(0).nullable(),
    /** ns */
    warmUp: z.number().min(0),
  }),
]);
export type ToReplications = z.infer<typeof toReplicationsSchema>;

/** What a worker that runs replications says: the share of its job that is done, its value (the part of a replication, or the warm-up in ns), or a bug. */
export const fromReplicationsSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('progress'), share: z.number().min(0).max(1) }),
  z.strictObject({
    type: z.literal('done'),
    value: z.union([z.number(), z.looseObject({ index: z.number(), rows: z.array(z.unknown()), limited: z.boolean() })]),
  }),
  z.strictObject({ type: z.literal('bug'), message: z.string() }),
]);
export type FromReplications = z.infer<typeof fromReplicationsSchema>;
