import { z } from 'zod';
import { OBJECTIVE_LIMIT } from './objective';
import { axisSchema } from './sweep';

const idSchema = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'must be lower-case letters, digits and hyphens, 1 to 64 of them');

/** A search for the cheapest setting of a design that meets objectives: what may be set, to what, and what must hold. */
export const searchSchema = z.strictObject({
  id: idSchema,
  name: z.string().min(1).max(120),
  design: idSchema,
  /** What may be set; every combination of values is a setting. */
  axes: z.array(axisSchema).min(1).max(4),
  /** Ids of the objectives that must hold; absent: all that concern the design. */
  objectives: z.array(idSchema).min(1).max(OBJECTIVE_LIMIT).optional(),
  /** Parameter of one of the axes of which more is never worse, its values from least to most; absent: none is known, and every setting is simulated. */
  monotone: z.string().min(3).max(300).optional(),
  /** Replications of each setting; absent: as the settings of the project say. */
  replications: z.number().int().min(1).max(1_000_000).optional(),
});
export type Search = z.infer<typeof searchSchema>;
export const SEARCH_LIMIT = 100;
