import type { Problem } from '../base/problem';
import { invariant, ok, type Result } from '../base/result';
import { compile } from '../compile/compile';
import { planFault } from '../compile/compile-faults';
import { createEngine } from '../engine/engine';
import { REASON_CANCELLED, REASON_OK } from '../engine/layout';
import { FAILURE_REASONS, type FailureReason } from '../engine/metrics';
import type { Plan } from '../engine/plan';
import * as M from '../engine/trace-memory';
import { createTracer } from '../engine/tracing';
import { NS_PER_MS } from '../kinds/lowering';
import type { Project } from '../project/project';
import type { Trace, TraceOptions, TraceOutcome, TraceSet, TraceSpan, TraceSpanKind } from '../protocol/trace';
import { type FromTracer, type TracedFault, toTracerSchema } from '../protocol/trace-messages';
import { ENGINE_VERSION } from './combine';
import { subjectsOf } from './measure';
import { type ReplicationPart, readReplication } from './replication';
import { createTraceChoice } from './trace-choice';

/** The first replication of a run, repeated by an engine that records requests. It measures exactly what the run itself did. */
export interface TraceRun {
  /** Executes at most `events` events; false: it is over. */
  advance(events: number): boolean;
  /** Share that is done, 0..1. */
  progress(): number;
  /** What was kept. Ends the run: requests still under way are looked at now. */
  traces(): TraceSet;
  /** What the replication measured, for those who compare it with the run's own. */
  part(): ReplicationPart;
}

const toNs = (ms: number): number => Math.floor(ms * NS_PER_MS + 0.5);

/** Prepares to trace a run; `faults`: those that were injected by hand into its first replication. The design's errors where it has any. */
export function createTraceRun(
  project: Project,
  designId: string,
  options: TraceOptions,
  faults: readonly TracedFault[] = [],
): Result<TraceRun, readonly Problem[]> {
  const compiled = compile(project, designId);
  if (!compiled.ok) return compiled;
  const plan = compiled.value;
  const design = project.designs.find((candidate) => candidate.id === designId);
  invariant(design !== undefined, 'compile has found the design');
  const { seed } = project.settings;
  const choice = createTraceChoice(plan, seed, options);
  const tracer = createTracer(choice.consider);
  const engine = createEngine(plan, tracer);
  engine.reset(seed, 0, toNs(options.warmUpMs));
  for (const { fault, beginMs, endMs } of faults) {
    const at = toNs(beginMs);
    const lasts = endMs === null ? Infinity : Math.max(0, toNs(endMs) - at);
    engine.faults.inject({ ...planFault(project, fault, plan), timing: { type: 'once', at, lasts } });
  }
  const until = options.untilMs === null ? plan.duration : Math.min(plan.duration, toNs(options.untilMs));
  if (until < plan.duration) engine.breakAt(until);
  let over = false;
  let limited = false;
  return ok({
    advance(events) {
      if (over) return false;
      const status = engine.run(events);
      limited = status === 'limit';
      over = status !== 'running';
      return !over;
    },
    progress: () => (over ? 1 : Math.min(1, engine.now() / Math.max(1, until))),
    traces() {
      over = true;
      tracer.flush();
      return {
        format: 'topolab-traces',
        formatVersion: 1,
        engineVersion: ENGINE_VERSION,
        project: { name: project.name },
        design: { id: design.id, name: design.name },
        seed,
        options,
        simulatedMs: engine.now() / NS_PER_MS,
        intervalMs: plan.duration / plan.seriesPoints / NS_PER_MS,
        requests: { ...tracer.counts },
        limits: { spansPerRequest: M.SPANS_PER_REQUEST, spans: M.SPAN_LIMIT, requests: M.REQUEST_LIMIT },
        traces: choice.chosen().map(({ trace, picks }) => ({ ...describe(plan, trace, engine.now()), picks: [...picks] })),
      };
    },
    part: () => readReplication(engine, subjectsOf(plan), 0, limited),
  });
}

const outcomeOf = (reason: number): TraceOutcome =>
  reason < 0 ? 'under-way' : reason === REASON_OK ? 'completed' : (FAILURE_REASONS[reason - 1] as FailureReason);
/** What would end later has not ended. */
const instantOf = (ns: number, now: number): number | null => (ns > now ? null : ns);

/** A recorded request in the words of the project; tracing ended at `now` ns. */
function describe(plan: Plan, raw: M.RawTrace, now: number): Omit<Trace, 'picks'> {
  const operation = plan.operations[raw.operation] as Plan['operations'][number];
  const spans: TraceSpan[] = [];
  /** Where each recorded span stands: one of a message may become several. */
  const placeOf: number[] = [];
  for (const span of raw.spans) {
    placeOf.push(spans.length);
    const parent = span.parent < 0 ? -1 : (placeOf[span.parent] as number);
    if (span.kind === M.SPAN_PASSAGE) spans.push(...message(plan, raw.operation, span, parent, now));
    else
      spans.push({
        kind: (M.SPAN_KINDS[span.kind] ?? 'call') as TraceSpanKind,
        parent,
        beginNs: span.begin,
        endNs: instantOf(span.end, now),
        ...details(plan, span),
      });
  }
  return {
    number: raw.number,
    clientId: plan.components[operation.component]?.id ?? '',
    operation: operation.name,
    beginNs: raw.begin,
    endNs: instantOf(raw.end, now),
    outcome: outcomeOf(raw.reason),
    ...(raw.stale >= 0 && { staleNs: raw.stale }),
    droppedSpans: raw.dropped,
    spans,
  };
}

/** Where a node is: its component, and the instance where there are several. */
function nodePlace(plan: Plan, node: number): Pick<TraceSpan, 'componentId' | 'instance'> {
  const component = plan.components[plan.nodes[node]?.component ?? 0];
  return { componentId: component?.id ?? '', ...(component !== undefined && component.nodeCount > 1 && { instance: node - component.firstNode }) };
}

const linkPlace = (plan: Plan, link: number): Pick<TraceSpan, 'linkId'> => ({ linkId: plan.links[link]?.id ?? '' });

function details(plan: Plan, span: M.RawSpan): Partial<TraceSpan> {
  const { note } = span;
  switch (span.kind) {
    case M.SPAN_CALL:
      return {
        ...linkPlace(plan, span.place),
        outcome: span.end === Infinity ? 'under-way' : outcomeOf(span.reason < 0 ? REASON_CANCELLED : span.reason),
        ...(note >> M.NOTE_BITS > 0 && { attempt: note >> M.NOTE_BITS }),
        ...((note & M.NOTE_HEDGE) !== 0 && { hedge: true as const }),
        ...((note & M.NOTE_PROBE) !== 0 && { probe: true as const }),
        ...((note & M.NOTE_ABANDONED) !== 0 && { abandoned: true as const, ...(span.more !== Infinity && { workEndNs: span.more }) }),
        ...((note & M.NOTE_UNAWAITED) !== 0 && { unawaited: true as const }),
        ...((note & M.NOTE_FALLBACK) !== 0 && { fallback: true as const, cause: FAILURE_REASONS[span.cause - 1] as FailureReason }),
      };
    case M.SPAN_VISIT:
      return {
        ...nodePlace(plan, span.place),
        ...linkPlace(plan, note),
        outcome: outcomeOf(span.reason),
        ...(span.behind > 0 && { staleNs: span.more, versionsBehind: span.behind }),
      };
    case M.SPAN_LOST:
    case M.SPAN_BACKOFF:
      return linkPlace(plan, span.place);
    case M.SPAN_SERVICE:
      return { ...nodePlace(plan, span.place), ...(span.more !== Infinity && { demandNs: span.more }) };
    default:
      return nodePlace(plan, span.place);
  }
}

/** Parts of the time of a message: it waits for the link, is sent, and is on its way. Parts of no length are left out. */
function message(plan: Plan, operation: number, { begin, end, place, note, more }: M.RawSpan, parent: number, now: number): TraceSpan[] {
  const link = plan.links[place] as Plan['links'][number];
  const reply = note === M.WAY_REPLY;
  const { requestBytes, responseBytes } = plan.operations[operation] as Plan['operations'][number];
  const bytes = reply ? (link.responseBytes ?? responseBytes) : (link.requestBytes ?? requestBytes);
  const waited = Math.min(end, begin + more);
  const sent = link.nsPerByte > 0 ? Math.min(end, waited + Math.floor(bytes * link.nsPerByte + 0.5)) : waited;
  const way = reply ? ('reply' as const) : ('request' as const);
  const part = (kind: TraceSpanKind, from: number, to: number): TraceSpan[] =>
    to > from && from <= now ? [{ kind, parent, beginNs: from, endNs: instantOf(to, now), ...linkPlace(plan, place), way }] : [];
  return [...part('link-queue', begin, waited), ...part('sending', waited, sent), ...part('passage', sent, end)];
}

/** Events between two reports of progress. */
const SLICE = 262_144;

/** Answers one message to a trace worker: traces the run to its end, telling of its progress meanwhile. */
export function serveTraces(raw: unknown, send: (message: FromTracer) => void): void {
  const parsed = toTracerSchema.safeParse(raw);
  if (!parsed.success) {
    send({ type: 'bug', message: `the request for traces cannot be read: ${parsed.error.issues[0]?.message ?? 'it has another form than expected'}` });
    return;
  }
  const { project, designId, options, faults } = parsed.data;
  try {
    const run = createTraceRun(project, designId, options, faults);
    if (!run.ok) {
      send({ type: 'refused', problems: [...run.error] });
      return;
    }
    while (run.value.advance(SLICE)) send({ type: 'progress', share: run.value.progress() });
    send({ type: 'done', traces: run.value.traces() });
  } catch (error) {
    send({ type: 'bug', message: error instanceof Error ? error.message : String(error) });
  }
}
