import { z } from 'zod';
import { DEFAULT_MACHINES, machineSchema } from '../kinds/machine';
import { FAULT_LIMIT, faultSchema } from './fault';
import { namedVariantSchema, VARIANT_LIMIT } from './named-variant';
import { OBJECTIVE_LIMIT, objectiveSchema } from './objective';
import { SEARCH_LIMIT, searchSchema } from './search';
import { SWEEP_LIMIT, sweepSchema } from './sweep';

/** Version of the file's own structure; each kind's values have a version of their own besides. */
export const FORMAT_VERSION = 2;
export const FILE_EXTENSION = '.topolab';

/** Limits that keep a hostile or broken file from exhausting the machine. */
export const LIMITS = {
  fileBytes: 50 * 1024 * 1024,
  workloads: 200,
  designs: 50,
  notesPerDesign: 1000,
  machines: 200,
  componentsPerDesign: 5000,
  linksPerDesign: 20_000,
  nameLength: 120,
  noteLength: 10_000,
} as const;

export const idSchema = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'must be lower-case letters, digits and hyphens, 1 to 64 of them');
const nameSchema = z.string().min(1).max(LIMITS.nameLength);

/** How a run is made. Times are simulated time in ms. */
export const settingsSchema = z.strictObject({
  durationMs: z.number().positive().max(8.64e9),
  /** Left out of all summary numbers; 'auto' finds the end of the transient with MSER-5 (White, 1997). */
  warmUpMs: z.union([z.literal('auto'), z.number().min(0).max(8.64e9)]),
  seed: z.number().int().min(0).max(4_294_967_295),
  replications: z.number().int().min(1).max(1_000_000),
  /** Level of the intervals over replications, or over the batches of a single one. */
  confidence: z.number().min(0.5).max(0.9999),
  /** Points over simulated time in charts. */
  seriesPoints: z.number().int().min(10).max(5000),
  /** How many requests of the first replication are listed one by one in the result. */
  requestLog: z.number().int().min(0).max(1_000_000),
});
export type RunSettings = z.infer<typeof settingsSchema>;
export const DEFAULT_SETTINGS: RunSettings = {
  durationMs: 60_000,
  warmUpMs: 5000,
  seed: 1,
  replications: 1,
  confidence: 0.95,
  seriesPoints: 300,
  requestLog: 0,
};

/** Values of a kind's parameters; the kind's own schema checks them, so that every problem names its part. */
const valuesSchema = z.record(z.string(), z.unknown());

export const workloadSchema = z.strictObject({ id: idSchema, name: nameSchema, params: valuesSchema });
export const componentSchema = z.strictObject({
  id: idSchema,
  kind: z.string().min(1).max(64),
  name: nameSchema,
  /** For kinds whose values are stored in a workload: its id. */
  workload: idSchema.optional(),
  params: valuesSchema,
  note: z.string().max(LIMITS.noteLength).optional(),
});
export const linkSchema = z.strictObject({ id: idSchema, from: idSchema, to: idSchema, params: valuesSchema });
export const noteSchema = z.strictObject({ id: idSchema, text: z.string().max(LIMITS.noteLength) });
export const designSchema = z.strictObject({
  id: idSchema,
  name: nameSchema,
  components: z.array(componentSchema).max(LIMITS.componentsPerDesign),
  links: z.array(linkSchema).max(LIMITS.linksPerDesign),
  /** What goes wrong, and when. */
  faults: z.array(faultSchema).max(FAULT_LIMIT),
  notes: z.array(noteSchema).max(LIMITS.notesPerDesign),
});

/** Where things stand on the canvas: apart from the model, so that moving a box changes no number. */
export const designViewSchema = z.strictObject({
  positions: z.record(idSchema, z.strictObject({ x: z.number(), y: z.number(), width: z.number().optional(), height: z.number().optional() })),
  viewport: z.strictObject({ x: z.number(), y: z.number(), zoom: z.number().positive() }).optional(),
});

export const projectSchema = z.strictObject({
  format: z.literal('topolab'),
  formatVersion: z.literal(FORMAT_VERSION),
  /** Version of the values of each kind that occurs in the file. */
  kindVersions: z.record(z.string(), z.number().int().min(1)),
  name: nameSchema,
  description: z.string().max(LIMITS.noteLength),
  settings: settingsSchema,
  /** The ladder of machine sizes, smallest first; the last one is the hardware ceiling. */
  machines: z.array(machineSchema).max(LIMITS.machines),
  workloads: z.array(workloadSchema).max(LIMITS.workloads),
  designs: z.array(designSchema).min(1).max(LIMITS.designs),
  /** What runs are judged by. */
  objectives: z.array(objectiveSchema).max(OBJECTIVE_LIMIT).default([]),
  /** Parameters that are varied over lists and ranges. */
  sweeps: z.array(sweepSchema).max(SWEEP_LIMIT).default([]),
  /** Searches for the cheapest setting that meets objectives. */
  searches: z.array(searchSchema).max(SEARCH_LIMIT).optional(),
  /** Designs with parameters changed, to be compared. */
  variants: z.array(namedVariantSchema).max(VARIANT_LIMIT).optional(),
  view: z.strictObject({ designs: z.record(idSchema, designViewSchema) }),
});

export type Workload = z.infer<typeof workloadSchema>;
export type Component = z.infer<typeof componentSchema>;
export type Link = z.infer<typeof linkSchema>;
export type Note = z.infer<typeof noteSchema>;
export type Design = z.infer<typeof designSchema>;
export type DesignView = z.infer<typeof designViewSchema>;
export type Project = z.infer<typeof projectSchema>;

/** A project with one empty design. */
export function emptyProject(name = 'Untitled'): Project {
  return {
    format: 'topolab',
    formatVersion: FORMAT_VERSION,
    kindVersions: {},
    name,
    description: '',
    settings: DEFAULT_SETTINGS,
    machines: [...DEFAULT_MACHINES],
    workloads: [],
    designs: [{ id: 'design-1', name: 'Design 1', components: [], links: [], faults: [], notes: [] }],
    objectives: [],
    sweeps: [],
    view: { designs: { 'design-1': { positions: {} } } },
  };
}
