import { z } from 'zod';
import type { Problem } from '../base/problem';
import { projectSchema } from '../project/project';
import type { RunResult, RunSamples } from '../run/result';

/** Page to a batch worker: one design of a project, run from beginning to end without a picture. Ending the worker cancels it. */
export const toBatchSchema = z.strictObject({
  type: z.literal('run'),
  jobId: z.number().int(),
  project: projectSchema,
  designId: z.string(),
  /** Changes of the form `part.parameter=value`, made one after the other before the run. */
  changes: z.array(z.string().max(1000)).max(1000),
});
export type ToBatch = z.infer<typeof toBatchSchema>;

/** Batch worker to page. */
export type FromBatch =
  /** Share of the job that is done, 0..1. */
  | { readonly type: 'progress'; readonly jobId: number; readonly share: number }
  /** The design cannot run, for these reasons. */
  | { readonly type: 'refused'; readonly jobId: number; readonly problems: readonly Problem[] }
  | { readonly type: 'done'; readonly jobId: number; readonly result: RunResult; readonly samples: RunSamples }
  /** A bug of the program, not of the model. */
  | { readonly type: 'bug'; readonly jobId: number; readonly message: string };
