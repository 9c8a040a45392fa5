import { z } from 'zod';
import type { Problem } from '../base/problem';
import { faultSchema } from '../project/fault';
import { projectSchema } from '../project/project';
import { traceOptionsSchema, traceSetSchema } from './trace';

/** A fault that was injected by hand, and when it was active in the first replication; `endMs` null: it never ended. */
export const tracedFaultSchema = z.strictObject({ fault: faultSchema, beginMs: z.number().nonnegative(), endMs: z.number().nonnegative().nullable() });
export type TracedFault = z.infer<typeof tracedFaultSchema>;

/** Page to a trace worker: repeats the first replication of a run and records requests. Ending the worker cancels it. */
export const toTracerSchema = z.strictObject({
  type: z.literal('trace'),
  project: projectSchema,
  designId: z.string(),
  options: traceOptionsSchema,
  faults: z.array(tracedFaultSchema).max(1000),
});
export type ToTracer = z.infer<typeof toTracerSchema>;

const problem = z.custom<Problem>((value) => typeof value === 'object' && value !== null && 'message' in value);

/** Trace worker to page. */
export const fromTracerSchema = z.discriminatedUnion('type', [
  /** Share of the run that is done, 0..1. */
  z.strictObject({ type: z.literal('progress'), share: z.number() }),
  /** The design cannot run, for these reasons. */
  z.strictObject({ type: z.literal('refused'), problems: z.array(problem) }),
  z.strictObject({ type: z.literal('done'), traces: traceSetSchema }),
  /** A bug of the program, not of the model. */
  z.strictObject({ type: z.literal('bug'), message: z.string() }),
]);
export type FromTracer = z.infer<typeof fromTracerSchema>;
