import { z } from 'zod';

const idSchema = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'must be lower-case letters, digits and hyphens, 1 to 64 of them');

/** A design with parameters changed, under a name, to be compared with others. */
export const namedVariantSchema = z.strictObject({
  id: idSchema,
  name: z.string().min(1).max(120),
  design: idSchema,
  /** Changes of the form `part.parameter=value`, made one after the other. */
  changes: z.array(z.string().min(3).max(1000)).max(100),
});
export type NamedVariant = z.infer<typeof namedVariantSchema>;
export const VARIANT_LIMIT = 100;
