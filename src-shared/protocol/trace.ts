import { z } from 'zod';
import { FAILURE_REASONS } from '../engine/metrics';

/** What a span of a trace is. `call` and `visit` contain others; the rest are stretches of time of whatever contains them. */
export const TRACE_SPAN_KINDS = [
  'call',
  'visit',
  'queue',
  'held',
  'service',
  'interrupted',
  'link-queue',
  'sending',
  'passage',
  'lost',
  'backoff',
  'pause',
  'dispatch',
  'commit',
] as const;
export type TraceSpanKind = (typeof TRACE_SPAN_KINDS)[number];

/** Why a request was kept: among the slowest of its operation, a sample of those that failed for its reason, the slowest or the first failure of a chart interval, nearest to a latency that was asked for, drawn by the rate of sampling, among those longest under way at the end, among those whose reads were the stalest. */
export const TRACE_PICKS = ['slowest', 'failed', 'interval', 'near', 'sample', 'under-way', 'stale'] as const;
export type TracePick = (typeof TRACE_PICKS)[number];

const outcome = z.enum(['completed', ...FAILURE_REASONS, 'under-way']);
/** How a request, a call or a visit ended: well, for a named reason, or not yet. */
export type TraceOutcome = z.infer<typeof outcome>;

const spanSchema = z.strictObject({
  kind: z.enum(TRACE_SPAN_KINDS),
  parent: z.number().int().min(-1).describe('Index of the span that contains this one; -1: the request itself, whose span stands first.'),
  beginNs: z.number().int().describe('Simulated time, ns.'),
  endNs: z.number().int().nullable().describe('null: not over when tracing ended. Of a call: when its caller learned of the outcome, or gave up.'),
  componentId: z.string().optional().describe('Where; of a visit and of what happens there.'),
  instance: z.number().int().optional().describe('Instance of the component, from 0, where it has several.'),
  linkId: z.string().optional().describe('Link of a call, of a message, or over which a visit was reached.'),
  outcome: outcome.optional().describe('Of a call and of a visit.'),
  staleNs: z
    .number()
    .int()
    .optional()
    .describe('Of a visit with a stale read: how long before its end the first write that it did not show had been acknowledged.'),
  versionsBehind: z.number().int().optional().describe('Of the same: acknowledged versions that it was behind when it was sent.'),
  demandNs: z.number().optional().describe('Of service: what it takes on a machine that nobody shares and nothing slows down.'),
  way: z.enum(['request', 'reply']).optional().describe('Of a message on a link.'),
  attempt: z.number().int().optional().describe('Of an attempt of a guarded call: 1 for the first, more for retries.'),
  hedge: z.literal(true).optional().describe('A copy sent beside an attempt that was still under way.'),
  probe: z.literal(true).optional().describe('A probe that a half-open breaker let pass.'),
  abandoned: z.literal(true).optional().describe('Its caller gave up or called it back; what was done after endNs was in vain.'),
  unawaited: z.literal(true).optional().describe('When it ended its caller waited for it no longer: others had answered.'),
  fallback: z.literal(true).optional().describe('The call failed and its fallback answered.'),
  cause: z.enum(FAILURE_REASONS).optional().describe('Why a call that its fallback answered had failed.'),
  workEndNs: z.number().int().optional().describe('Of an abandoned call: when nothing was under way for it any more; absent: not seen.'),
});
export type TraceSpan = z.infer<typeof spanSchema>;

const traceSchema = z.strictObject({
  number: z.number().int().describe('Of the request, in the order in which requests began, from 0.'),
  clientId: z.string(),
  operation: z.string(),
  beginNs: z.number().int(),
  endNs: z.number().int().nullable(),
  outcome,
  picks: z.array(z.enum(TRACE_PICKS)),
  staleNs: z.number().int().optional().describe('Of a request that ended well with a stale read: that of the oldest of them.'),
  droppedSpans: z.number().int().describe('Spans beyond the limit for one request.'),
  spans: z.array(spanSchema).describe('Those that contain others before what they contain.'),
});
/** One request with everything that happened to it. Times are whole ns of simulated time, so that sums are exact. */
export type Trace = z.infer<typeof traceSchema>;

/** What traces of a run are asked for. */
export const traceOptionsSchema = z.strictObject({
  /** Slowest completed requests of each operation. */
  slowest: z.number().int().min(0).max(200),
  /** Requests of each reason of failure. */
  failed: z.number().int().min(0).max(200),
  /** Requests with the stalest reads. */
  stale: z.number().int().min(0).max(200),
  /** Latencies whose nearest completed requests are kept, ms. */
  nearMs: z.array(z.number().nonnegative()).max(20),
  /** Share of all requests of which a sample is drawn, 0..1. */
  sampleRate: z.number().min(0).max(1),
  /** Traces of that sample at most. */
  sampleLimit: z.number().int().min(0).max(2000),
  /** Requests that begin before this are kept for no latency, ms. */
  warmUpMs: z.number().nonnegative(),
  /** Where tracing ends; null: with the run. */
  untilMs: z.number().nonnegative().nullable(),
});
export type TraceOptions = z.infer<typeof traceOptionsSchema>;

/** What is kept when nothing else is asked for. */
export const DEFAULT_TRACE_OPTIONS: TraceOptions = {
  slowest: 20,
  failed: 10,
  stale: 10,
  nearMs: [],
  sampleRate: 0,
  sampleLimit: 200,
  warmUpMs: 0,
  untilMs: null,
};

/** The schema of traces: what the command line prints with --json and the application exports. */
export const traceSetSchema = z.strictObject({
  format: z.literal('topolab-traces'),
  formatVersion: z.literal(1),
  engineVersion: z.string(),
  project: z.strictObject({ name: z.string() }),
  design: z.strictObject({ id: z.string(), name: z.string() }),
  seed: z.number(),
  options: traceOptionsSchema,
  simulatedMs: z.number().describe('Simulated time that was traced.'),
  intervalMs: z.number().describe('Length of a chart interval.'),
  requests: z.strictObject({
    begun: z.number().int(),
    unrecorded: z.number().int().describe('Requests that could not be kept in view since too many were under way.'),
  }),
  limits: z.strictObject({
    spansPerRequest: z.number().int(),
    spans: z.number().int().describe('Of all requests under way at once.'),
    requests: z.number().int().describe('Under way at once.'),
  }),
  traces: z.array(traceSchema).describe('In the order in which the requests began. All are of the first replication.'),
});
/** Traces of a run. */
export type TraceSet = z.infer<typeof traceSetSchema>;

/** The JSON Schema of traces. */
export function tracesJsonSchema(): Record<string, unknown> {
  return { title: 'Topolab traces', ...z.toJSONSchema(traceSetSchema, { reused: 'ref' }) };
}
