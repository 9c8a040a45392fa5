import { z } from 'zod';
import type { Problem } from '../base/problem';
import { faultSchema } from '../project/fault';
import { projectSchema } from '../project/project';
import type { Frame } from '../run/frame';
import type { RunResult, RunSamples, TelemetryLink } from '../run/result';

/** Speed of a run: simulated seconds per wall second, or as fast as possible. */
export const speedSchema = z.union([z.literal('max'), z.number().positive().max(1e6)]);
export type Speed = z.infer<typeof speedSchema>;

/** What one press of Step executes. */
export const stepSchema = z.enum(['event', 'request', 'interval']);
export type StepUnit = z.infer<typeof stepSchema>;

/** Renderer (or test) to engine process. The project travels, never a plan: the engine's side parses and compiles it again. */
export const toEngineSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('start'), runId: z.number().int(), project: projectSchema, designId: z.string(), speed: speedSchema, paused: z.boolean() }),
  z.strictObject({ type: z.literal('pause'), runId: z.number().int() }),
  z.strictObject({ type: z.literal('resume'), runId: z.number().int() }),
  z.strictObject({ type: z.literal('step'), runId: z.number().int(), unit: stepSchema }),
  z.strictObject({ type: z.literal('stop'), runId: z.number().int() }),
  z.strictObject({ type: z.literal('speed'), runId: z.number().int(), speed: speedSchema }),
  /** A fault begins now, whatever its timing says; with a length of 0 it lasts until it is cleared. */
  z.strictObject({ type: z.literal('inject'), runId: z.number().int(), fault: faultSchema }),
  /** Ends a fault that is under way. */
  z.strictObject({ type: z.literal('clear'), runId: z.number().int(), faultId: z.string() }),
  /** The frame with this sequence number has been drawn: back-pressure, at most two are under way. */
  z.strictObject({ type: z.literal('ack'), runId: z.number().int(), sequence: z.number().int() }),
]);
export type ToEngine = z.infer<typeof toEngineSchema>;

/** Engine process to renderer. */
export type FromEngine =
  | {
      readonly type: 'started';
      readonly runId: number;
      readonly componentIds: readonly string[];
      readonly linkIds: readonly string[];
      readonly instanceCounts: readonly number[];
      /** Components whose instances are copies of the same data; absent: none. */
      readonly copiedIds?: readonly string[];
      /** Links to telemetry collectors; absent: none. */
      readonly telemetryLinks?: readonly TelemetryLink[];
    }
  | { readonly type: 'refused'; readonly runId: number; readonly problems: readonly Problem[] }
  | { readonly type: 'frame'; readonly runId: number; readonly sequence: number; readonly frame: Frame }
  | { readonly type: 'paused'; readonly runId: number }
  | { readonly type: 'resumed'; readonly runId: number }
  | { readonly type: 'injected'; readonly runId: number; readonly faultId: string }
  | { readonly type: 'injection-refused'; readonly runId: number; readonly faultId: string; readonly problem: Problem }
  | { readonly type: 'finished'; readonly runId: number; readonly result: RunResult; readonly samples: RunSamples }
  /** A bug of the program, not of the model: the run is over, the document is not touched. */
  | {
      readonly type: 'bug';
      readonly runId: number;
      readonly message: string;
      readonly seed: number;
      readonly simulatedMs: number;
      readonly componentId: string | null;
    };
