import { z } from 'zod';

const idSchema = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'must be lower-case letters, digits and hyphens, 1 to 64 of them');
const finite = z.number().min(-1e300).max(1e300);

/** Values that an axis takes. A text is read as the command line reads it, with its unit: `250 ms`. */
export const axisValuesSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('list'),
    values: z
      .array(z.union([finite, z.string().max(10_000), z.boolean()]))
      .min(1)
      .max(1000),
  }),
  /** `steps` values from one end to the other, both included; `log`: each by the same factor above the one before. */
  z.strictObject({ type: z.literal('range'), from: finite, to: finite, steps: z.number().int().min(2).max(1000), scale: z.enum(['linear', 'log']) }),
]);

/** One parameter that a sweep varies: `part.parameter`, with a path into lists and distributions below it. */
export const axisSchema = z.strictObject({ parameter: z.string().min(3).max(300), values: axisValuesSchema });
export type Axis = z.infer<typeof axisSchema>;

/** One or two parameters of a design over lists or ranges of values. */
export const sweepSchema = z.strictObject({
  id: idSchema,
  name: z.string().min(1).max(120),
  design: idSchema,
  axes: z.array(axisSchema).min(1).max(2),
  /** Replications of each point; absent: as the settings say. */
  replications: z.number().int().min(1).max(1_000_000).optional(),
  /** How many points are added near the knee of latency against load; absent: none. Only with one axis of numbers. */
  refine: z.number().int().min(1).max(100).optional(),
});
export type Sweep = z.infer<typeof sweepSchema>;
export const SWEEP_LIMIT = 100;
