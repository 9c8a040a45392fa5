import { formatDuration, formatShare } from '../base/format';
import { FAILURE_TITLES } from '../engine/metrics';
import type { Design } from '../project/project';
import type { Trace, TraceOutcome, TracePick, TraceSpan } from '../protocol/trace';
import { criticalPath, type TimeKind, timeByKind, timeKindOf, type WaterfallRow, waterfallRows } from './waterfall';

/** What the kinds of time are called, what they mean, and the character that stands for them in text. */
export const TIME_WORDS: Readonly<Record<TimeKind, { readonly title: string; readonly definition: string; readonly mark: string }>> = {
  waiting: { title: 'Waiting', definition: 'In line for a server, or held by a rate limiter.', mark: '░' },
  service: { title: 'Service', definition: 'A server works on it. Shared or slowed servers take longer than the demand says.', mark: '█' },
  interrupted: { title: 'Interrupted', definition: 'Service had begun; others were served in between.', mark: '▒' },
  network: { title: 'Network', definition: 'Messages being sent and on their way.', mark: '─' },
  'link-queue': { title: 'Waiting for the link', definition: 'Messages that wait until those before them have been sent: the bandwidth is taken.', mark: '┄' },
  lost: { title: 'Lost message', definition: 'A message was lost; its caller has not learned of it yet.', mark: '×' },
  backoff: { title: 'Backoff', definition: 'The caller waits before it tries again.', mark: '~' },
  commit: { title: 'Waiting for copies', definition: 'A write that is not acknowledged before other copies of the data have it.', mark: '≈' },
  pause: { title: 'Pause', definition: 'A job rests between its stages, or its sender is busy with the task before.', mark: '·' },
  other: { title: 'Not recorded', definition: 'The request had more spans than are kept.', mark: '?' },
};

/** Why requests were kept, in words. */
export const PICK_WORDS: Readonly<Record<TracePick, string>> = {
  slowest: 'among the slowest',
  failed: 'sample of failures',
  interval: 'slowest, or first failure, of a chart interval',
  near: 'nearest to a percentile',
  sample: 'drawn by the sampling rate',
  'under-way': 'longest under way',
  stale: 'among the stalest',
};

/** An outcome in words. */
export function outcomeText(outcome: TraceOutcome): string {
  if (outcome === 'completed') return 'completed';
  return outcome === 'under-way' ? 'still under way' : FAILURE_TITLES[outcome];
}

/** Names of the parts of a design, and where its links lead. */
export interface TraceNames {
  readonly part: (id: string) => string;
  /** Name of the part at the far end of a link. */
  readonly target: (linkId: string) => string;
}

/** The names of a design; ids where it has them no more. */
export function traceNames(design: Design | undefined): TraceNames {
  const names = new Map(design?.components.map(({ id, name }) => [id, name]));
  const targets = new Map(design?.links.map(({ id, to }) => [id, to]));
  const part = (id: string): string => names.get(id) ?? id;
  return { part, target: (linkId) => part(targets.get(linkId) ?? linkId) };
}

/** Which part, and which instance of it where there are several. */
export function placeText(span: TraceSpan, names: TraceNames): string {
  if (span.componentId === undefined) return span.linkId === undefined ? '' : names.target(span.linkId);
  return `${names.part(span.componentId)}${span.instance === undefined ? '' : ` #${span.instance + 1}`}`;
}

/** What a call is, beside a plain one that went well: which attempt, and how it ended. */
export function callMarks(span: TraceSpan): string[] {
  const { attempt = 1, outcome = 'completed' } = span;
  return [
    ...(span.hedge ? ['hedge'] : []),
    ...(attempt > 1 && !span.hedge ? [`retry ${attempt - 1}`] : []),
    ...(span.probe ? ['probe of the breaker'] : []),
    ...(span.fallback ? [`answered by the fallback (${span.cause === undefined ? 'failed' : FAILURE_TITLES[span.cause]})`] : []),
    ...(outcome === 'completed' ? [] : [outcomeText(outcome)]),
    ...(span.unawaited ? ['nobody waited for it any more'] : []),
    ...(span.abandoned && span.workEndNs !== undefined && span.endNs !== null && span.workEndNs > span.endNs
      ? [`worked on for ${formatDuration((span.workEndNs - span.endNs) / 1e6)} in vain`]
      : []),
  ];
}

/** A line of a waterfall in words: where it is, and what is special about it. */
export function rowText(trace: Trace, row: WaterfallRow, names: TraceNames): { readonly title: string; readonly marks: readonly string[] } {
  const call = row.call === null ? undefined : trace.spans[row.call];
  const visit = row.visit === null ? undefined : trace.spans[row.visit];
  const place = placeText(visit ?? call ?? { kind: 'call', parent: -1, beginNs: 0, endNs: null }, names);
  const attempts =
    row.call === null ? 0 : trace.spans.filter(({ kind, parent, attempt }) => kind === 'call' && parent === row.call && attempt !== undefined).length;
  const marks = [...(attempts > 1 ? [`${attempts} attempts`] : []), ...(call === undefined ? [] : callMarks(call))];
  if (visit?.staleNs !== undefined)
    marks.push(`stale by ${formatDuration(visit.staleNs / 1e6)}, ${visit.versionsBehind} ${visit.versionsBehind === 1 ? 'version' : 'versions'} behind`);
  const own = visit?.outcome !== undefined && visit.outcome !== 'completed' && visit.outcome !== 'under-way' ? outcomeText(visit.outcome) : null;
  return { title: place, marks: own === null || marks.includes(own) ? marks : [...marks, `there: ${own}`] };
}

/** Why the read of a line was stale, in words; nothing where it was not. */
export function staleReason(trace: Trace, { visit }: WaterfallRow): readonly string[] {
  const span = visit === null ? undefined : trace.spans[visit];
  if (span?.staleNs === undefined) return [];
  const writes = span.versionsBehind === 1 ? 'a write of the item that was' : `${span.versionsBehind} writes of the item that were`;
  return [`this copy had not applied ${writes} acknowledged before the read was sent`];
}

/** `Waiting 61 %, Service 30 %, Network 9 %`: how a request has spent its time on its critical path; empty where it took none. */
export function timeText(trace: Trace, untilNs: number): string {
  const total = (trace.endNs ?? untilNs) - trace.beginNs;
  if (total <= 0) return '';
  return timeByKind(criticalPath(trace, untilNs))
    .map(({ kind, ns }) => `${TIME_WORDS[kind].title} ${formatShare(ns / total)}`)
    .join(', ');
}

const BAR = 48;
const LABEL = 34;

/** A waterfall as lines of text: a head, the shares of time, and a bar for each line. `untilNs`: where tracing ended. */
export function waterfallText(trace: Trace, names: TraceNames, untilNs: number): string[] {
  const end = trace.endNs ?? untilNs;
  // Work in vain may go on after the end.
  const last = Math.max(end, ...trace.spans.map(({ endNs }) => endNs ?? untilNs));
  const scale = last > trace.beginNs ? BAR / (last - trace.beginNs) : 0;
  const column = (ns: number): number => Math.min(BAR, Math.max(0, Math.round((ns - trace.beginNs) * scale)));
  const lines = [
    `Request ${trace.number} · ${names.part(trace.clientId)}: ${trace.operation} · ${formatDuration((end - trace.beginNs) / 1e6)} · ${outcomeText(trace.outcome)} · begun at ${formatDuration(trace.beginNs / 1e6)}`,
    `  kept: ${trace.picks.map((pick) => PICK_WORDS[pick]).join(', ')}`,
  ];
  const time = timeText(trace, untilNs);
  if (time !== '') lines.push(`  critical path: ${time}`);
  for (const row of waterfallRows(trace)) {
    const { title, marks } = rowText(trace, row, names);
    const bar = Array.from({ length: BAR }, () => ' ');
    const paint = (from: number, to: number, mark: string): void => {
      for (let at = column(from); at < Math.max(column(to), Math.min(BAR, column(from) + 1)); at++) bar[at] = mark;
    };
    paint(row.beginNs, row.endNs ?? untilNs, '.');
    for (const index of row.stretches) {
      const span = trace.spans[index] as TraceSpan;
      const kind = timeKindOf(span);
      if (kind !== null) paint(span.beginNs, span.endNs ?? untilNs, TIME_WORDS[kind].mark);
    }
    const label = `${'  '.repeat(row.depth)}${title}`;
    const shown = [...label].length > LABEL ? `${[...label].slice(0, LABEL - 1).join('')}…` : label.padEnd(LABEL);
    const length = formatDuration(((row.endNs ?? untilNs) - row.beginNs) / 1e6);
    lines.push(`  ${shown} |${bar.join('')}| ${[length, ...marks].join(', ')}`.trimEnd());
  }
  if (trace.droppedSpans > 0) lines.push(`  ${trace.droppedSpans} further spans were not kept.`);
  return lines;
}

/** What the characters of a waterfall in text stand for. */
export function legendText(): string {
  return `${Object.values(TIME_WORDS)
    .map(({ title, mark }) => `${mark} ${title.toLowerCase()}`)
    .join('  ')}  . waiting for calls`;
}
