import type { Trace, TraceSpan, TraceSpanKind } from '../protocol/trace';

/** What a request does at a moment, in the words of the field; `other`: what was not recorded. */
export const TIME_KINDS = ['waiting', 'service', 'interrupted', 'network', 'link-queue', 'lost', 'backoff', 'commit', 'pause', 'other'] as const;
export type TimeKind = (typeof TIME_KINDS)[number];

const TIME_KIND_OF: Record<Exclude<TraceSpanKind, 'call' | 'visit'>, TimeKind> = {
  queue: 'waiting',
  held: 'waiting',
  service: 'service',
  interrupted: 'interrupted',
  'link-queue': 'link-queue',
  sending: 'network',
  passage: 'network',
  lost: 'lost',
  backoff: 'backoff',
  commit: 'commit',
  pause: 'pause',
  dispatch: 'pause',
};

/** What the time of a span is; null for those that contain others. */
export function timeKindOf(span: TraceSpan): TimeKind | null {
  return span.kind === 'call' || span.kind === 'visit' ? null : TIME_KIND_OF[span.kind];
}

/** A stretch of the time of a request that it could not have done without: nothing else went on that would have made it end sooner. */
export interface PathStep {
  readonly kind: TimeKind;
  /** Index of the span; where nothing was recorded, of the one that contains the stretch. */
  readonly span: number;
  readonly beginNs: number;
  readonly endNs: number;
}

/** Spans that each span contains, by index; those of index -1 are the request's own, of which there is one. */
function childrenOf(trace: Trace): number[][] {
  const children: number[][] = trace.spans.map(() => []);
  for (const [index, span] of trace.spans.entries()) if (span.parent >= 0) children[span.parent]?.push(index);
  return children;
}

/** Whether one of two spans that both reach up to an instant explains it better: the one that ended there, then the one that began later. */
function explainsBetter(one: TraceSpan, other: TraceSpan, at: number): boolean {
  const exact = Number(one.endNs === at) - Number(other.endNs === at);
  return exact !== 0 ? exact > 0 : one.beginNs >= other.beginNs;
}

/**
 * The critical path of a request: stretches in the order of time that follow one another without a gap from its begin to its end (to
 * `untilNs` where it has not ended), so that their lengths add up to its latency. It is found backwards from the end: of what a
 * caller waited for, that counts which ended last; of what was given up, that which was still under way then.
 */
export function criticalPath(trace: Trace, untilNs: number): PathStep[] {
  const children = childrenOf(trace);
  const steps: PathStep[] = [];
  const add = (span: number, kind: TimeKind, beginNs: number, endNs: number): void => {
    if (endNs > beginNs) steps.push({ kind, span, beginNs, endNs });
  };
  const walk = (container: number, from: number, to: number): void => {
    let cursor = to;
    while (cursor > from) {
      let best = -1;
      let reach = from;
      for (const child of children[container] ?? []) {
        const span = trace.spans[child] as TraceSpan;
        const end = Math.min(span.endNs ?? Infinity, cursor);
        if (span.beginNs >= cursor || end <= from || end <= span.beginNs || end < reach) continue;
        if (end > reach || best < 0 || explainsBetter(span, trace.spans[best] as TraceSpan, cursor)) best = child;
        reach = end;
      }
      if (best < 0) {
        add(container, 'other', from, cursor);
        return;
      }
      add(container, 'other', reach, cursor);
      const span = trace.spans[best] as TraceSpan;
      const begin = Math.max(span.beginNs, from);
      const kind = timeKindOf(span);
      if (kind === null) walk(best, begin, reach);
      else add(best, kind, begin, reach);
      cursor = begin;
    }
  };
  walk(0, trace.beginNs, trace.endNs ?? untilNs);
  return steps.reverse();
}

/** Time by kind on a critical path, ns, largest first; kinds without time are left out. */
export function timeByKind(path: readonly PathStep[]): { readonly kind: TimeKind; readonly ns: number }[] {
  const sums = new Map<TimeKind, number>();
  for (const { kind, beginNs, endNs } of path) sums.set(kind, (sums.get(kind) ?? 0) + endNs - beginNs);
  return [...sums].map(([kind, ns]) => ({ kind, ns })).sort((one, other) => other.ns - one.ns || (one.kind < other.kind ? -1 : 1));
}

/** A line of a waterfall: a call with the visit that it led to, a call with several visits or attempts or none, or a further visit. */
export interface WaterfallRow {
  /** Index of the call's span, or of that of a visit that belongs to no call of its own; they are unique among rows. */
  readonly key: number;
  readonly call: number | null;
  readonly visit: number | null;
  readonly depth: number;
  readonly beginNs: number;
  /** When the caller learned of the outcome; null: not yet. */
  readonly endNs: number | null;
  /** Stretches of time that belong to the line itself, as indices of spans in the order of time. */
  readonly stretches: readonly number[];
}

/** The lines of a waterfall from top to bottom; whoever calls stands above what it calls. */
export function waterfallRows(trace: Trace): WaterfallRow[] {
  const children = childrenOf(trace);
  const rows: WaterfallRow[] = [];
  const spanAt = (index: number): TraceSpan => trace.spans[index] as TraceSpan;
  const inOrder = (indices: readonly number[]): number[] => [...indices].sort((one, other) => spanAt(one).beginNs - spanAt(other).beginNs || one - other);
  const stretchesOf = (index: number): number[] => (children[index] ?? []).filter((child) => timeKindOf(spanAt(child)) !== null);
  const containersOf = (index: number): number[] => inOrder((children[index] ?? []).filter((child) => timeKindOf(spanAt(child)) === null));
  const add = (call: number | null, visit: number | null, depth: number): void => {
    const own = [...(call === null ? [] : stretchesOf(call)), ...(visit === null ? [] : stretchesOf(visit))];
    const { beginNs, endNs } = spanAt(call ?? visit ?? 0);
    rows.push({ key: call ?? visit ?? 0, call, visit, depth, beginNs, endNs, stretches: inOrder(own) });
  };
  const put = (index: number, depth: number): void => {
    const inside = containersOf(index);
    const only = inside[0];
    if (spanAt(index).kind === 'call' && inside.length === 1 && only !== undefined && spanAt(only).kind === 'visit') {
      add(index, only, depth);
      for (const child of containersOf(only)) put(child, depth + 1);
      return;
    }
    if (spanAt(index).kind === 'call') add(index, null, depth);
    else add(null, index, depth);
    for (const child of inside) put(child, depth + 1);
  };
  if (trace.spans.length > 0) put(0, 0);
  return rows;
}

/** Parts and links that a request has used, by id. */
export function passedBy(trace: Trace): { readonly componentIds: ReadonlySet<string>; readonly linkIds: ReadonlySet<string> } {
  const componentIds = new Set([trace.clientId]);
  const linkIds = new Set<string>();
  for (const span of trace.spans) {
    if (span.kind === 'visit' && span.componentId !== undefined) componentIds.add(span.componentId);
    if (span.linkId !== undefined) linkIds.add(span.linkId);
  }
  return { componentIds, linkIds };
}

/** Where a request is at an instant: on links, `share` of the way (0: at the sender of the request, 1: at its far end), and at parts. */
export interface Whereabouts {
  readonly messages: readonly { readonly span: number; readonly linkId: string; readonly share: number; readonly reply: boolean; readonly lost: boolean }[];
  /** `kind` null: it waits for calls that it has made. `vain`: nobody waits for what is done there any more. */
  readonly visits: readonly { readonly span: number; readonly componentId: string; readonly kind: TimeKind | null; readonly vain: boolean }[];
}

/** Finds out where a request is at an instant (ns). */
export function whereabouts(trace: Trace, atNs: number): Whereabouts {
  const covers = ({ beginNs, endNs }: TraceSpan): boolean => beginNs <= atNs && (endNs === null || atNs < endNs);
  const messages: Whereabouts['messages'][number][] = [];
  const visits: Whereabouts['visits'][number][] = [];
  const doing = new Map<number, TimeKind>();
  const isVain = (index: number): boolean => {
    for (let at = index; at >= 0; at = trace.spans[at]?.parent ?? -1) {
      const span = trace.spans[at] as TraceSpan;
      if (span.kind === 'call' && span.endNs !== null && span.endNs <= atNs) return true;
    }
    return false;
  };
  for (const [index, span] of trace.spans.entries()) {
    const kind = timeKindOf(span);
    if (kind === null || !covers(span)) continue;
    const { kind: what, linkId, beginNs, endNs, way } = span;
    if (linkId !== undefined && (what === 'passage' || what === 'sending' || what === 'link-queue')) {
      const gone = what !== 'passage' || endNs === null ? 0 : (atNs - beginNs) / (endNs - beginNs);
      messages.push({ span: index, linkId, share: way === 'reply' ? 1 - gone : gone, reply: way === 'reply', lost: false });
    } else if (linkId !== undefined && what === 'lost') messages.push({ span: index, linkId, share: 0.5, reply: false, lost: true });
    else if (span.parent >= 0) doing.set(span.parent, kind);
  }
  for (const [index, span] of trace.spans.entries())
    if (span.kind === 'visit' && covers(span) && span.componentId !== undefined)
      visits.push({ span: index, componentId: span.componentId, kind: doing.get(index) ?? null, vain: isVain(index) });
  return { messages, visits };
}

/** Instants (ns) at which something begins or ends, in order, without repetition: the steps of a replay. */
export function instantsOf(trace: Trace): number[] {
  const instants = new Set<number>();
  for (const { beginNs, endNs } of trace.spans) {
    instants.add(beginNs);
    if (endNs !== null) instants.add(endNs);
  }
  return [...instants].sort((one, other) => one - other);
}
