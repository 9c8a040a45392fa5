import { z } from 'zod';

/** One rung of the ladder of machine sizes. */
export const machineSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'must be lower-case letters, digits and hyphens, 1 to 64 of them'),
  name: z.string().min(1).max(120),
  vcpus: z.number().int().min(1).max(100_000),
  /** Speed of one core relative to the cores that service times were measured on. */
  speed: z.number().positive().max(1000),
  memoryGb: z.number().positive().max(1e6),
  /** USD per hour for one instance. */
  pricePerHour: z.number().min(0).max(1e6),
  /** Where the numbers come from. */
  provenance: z.string().max(500),
});
export type Machine = z.infer<typeof machineSchema>;

const LADDER =
  'Size steps and prices of the order of general-purpose cloud machines in 2024 (about 0.05 USD per vCPU and hour, 4 GB for each); edit them to your provider.';

/** The ladder of a new project: each rung doubles the one before, and it ends. */
export const DEFAULT_MACHINES: readonly Machine[] = [1, 2, 4, 8, 16, 32, 64, 96].map((vcpus) => ({
  id: `vcpu-${vcpus}`,
  name: `${vcpus} vCPU`,
  vcpus,
  speed: 1,
  memoryGb: vcpus * 4,
  pricePerHour: Math.round(vcpus * 5) / 100,
  provenance: LADDER,
}));

/** Name of a machine of the ladder as it is written in words; its id where the ladder has none such, null for no machine. */
export function machineName(ladder: readonly Machine[], id: string | null): string | null {
  return ladder.find((machine) => machine.id === id)?.name ?? id;
}
