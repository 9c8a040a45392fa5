import { formatDuration, formatNumber, formatRate, formatShare } from '../base/format';
import { singularOf } from '../base/parse-quantity';
import type { Plan } from '../engine/plan';
import type { RunResult } from '../run/result';
import { type Bounds, boundsOf } from './bounds';
import { isUneven, type Resource, readResources, SATURATED } from './resources';

/** What holds a run back, and the evidence. */
export interface BottleneckReading {
  /** `saturated`: it limits the run now; `busiest`: it is the first that will; `none`: nothing is near its limit. */
  readonly state: 'saturated' | 'busiest' | 'none';
  /** The bottleneck; where there is none, the busiest resource; null where nothing was used. */
  readonly resource: Resource | null;
  /** In one sentence. */
  readonly sentence: string;
  /** Sentences with the numbers that the verdict rests on. */
  readonly evidence: readonly string[];
  /** What would limit next, were the bottleneck widened. */
  readonly next: Resource | null;
  /** Everything that is limited, that with the lowest limit of throughput first. */
  readonly resources: readonly Resource[];
  readonly bounds: Bounds;
}

/** A resource below this share is no bottleneck in the making. */
const BUSY = 0.7;
/** Refusals above this share make a limit one that binds. */
const REFUSES = 0.005;
/** Work of its own below this share of the time that it is held: it waits for somebody else. */
const WAITS = 0.6;

/** Share that is in use where it is used most: of the busiest instance, where the load is so uneven that it says more than all together. */
export function pressureOf({ utilisation, busiest }: Resource): number {
  return busiest !== null && isUneven(utilisation, busiest.utilisation) ? busiest.utilisation : utilisation;
}

/** Whether a resource limits the run: used up all the time or in some twentieth of it, with a queue that grows, or refusing what comes. */
export function isSaturated(resource: Resource): boolean {
  const limits = resource.type === 'rate' || resource.type === 'bulkhead';
  return pressureOf(resource) >= SATURATED || resource.growing || resource.saturatedShare > 0 || (limits && resource.refusedShare >= REFUSES);
}

/**
 * Names the bottleneck of a run: the resource with the highest utilisation, which has the highest demand for each server and by the
 * utilisation law U = X D the lowest limit of throughput (P. J. Denning and J. P. Buzen, The operational analysis of queueing network
 * models, Computing Surveys 10, 1978). One that is only held while others work gives way to those. `thinkMs`: mean think times by client id.
 */
export function readBottleneck(plan: Plan, result: RunResult, thinkMs: ReadonlyMap<string, number>): BottleneckReading {
  const all = readResources(plan, result).filter(({ inUse }) => inUse > 0);
  const resources = [...all].sort((one, other) => rankOf(other) - rankOf(one) || (one.limitPerS ?? Infinity) - (other.limitPerS ?? Infinity));
  const bounds = boundsOf(plan, result, resources, thinkMs);
  const behind = behindOf(plan);
  // A resource whose time goes into waiting for others is not the cause as long as one of those is at its limit.
  const excused = resources.filter((resource) => {
    if (resource.ownShare === null || resource.ownShare >= WAITS) return false;
    const further = behind(resource);
    return resources.some((other) => other !== resource && further.has(other.recordId) && (isSaturated(other) || pressureOf(other) >= 0.9));
  });
  const candidates = resources.filter((resource) => !excused.includes(resource));
  const [top] = candidates;
  if (top === undefined)
    return {
      state: 'none',
      resource: null,
      sentence: 'No bottleneck: nothing in this design is limited, or nothing was used.',
      evidence: [],
      next: null,
      resources,
      bounds,
    };
  const state = isSaturated(top) ? 'saturated' : pressureOf(top) >= BUSY ? 'busiest' : 'none';
  const next = candidates.find((candidate) => candidate !== top && candidate.recordId !== top.recordId && candidate.limitPerS !== null) ?? null;
  return {
    state,
    resource: top,
    sentence: sentenceOf(state, top),
    evidence: [...evidenceOf(result, top), ...excused.map(excuse), ...nextWords(state, next, result)],
    next,
    resources,
    bounds,
  };
}

/** Saturated ones before others; among them by how much and how long. */
function rankOf(resource: Resource): number {
  const pressure = Math.min(1.2, pressureOf(resource));
  return isSaturated(resource) ? 10 + Math.max(pressure, resource.saturatedShare) + (resource.growing ? 1 : 0) + Math.min(1, resource.refusedShare) : pressure;
}

/** Ids of everything that requests reach from the record of a resource. */
function behindOf(plan: Plan): (resource: Resource) => ReadonlySet<string> {
  return (resource) => {
    const start = resource.record === 'link' ? plan.links.find(({ id }) => id === resource.recordId)?.to : undefined;
    const open = [start ?? plan.components.findIndex(({ id }) => id === resource.recordId)];
    const seen = new Set<string>(start === undefined ? [] : [plan.components[start]?.id ?? '']);
    for (let at = open.pop(); at !== undefined; at = open.pop())
      for (const link of plan.links) {
        if (link.from !== at) continue;
        seen.add(link.id);
        const id = plan.components[link.to]?.id ?? '';
        if (seen.has(id)) continue;
        seen.add(id);
        open.push(link.to);
      }
    return seen;
  };
}

/** A resource in words: `the servers of Web`, `the link A → B`. */
export function nameOf({ type, unit, name }: Resource): string {
  switch (type) {
    case 'transmitter':
      return `the bandwidth of the link ${name}`;
    case 'bulkhead':
      return `the bulkhead of the link ${name}`;
    case 'rate':
      return `the rate limiter of ${name}`;
    default:
      return `the ${unit} of ${name}`;
  }
}

function sentenceOf(state: BottleneckReading['state'], resource: Resource): string {
  const verb = resource.type === 'bulkhead' || resource.type === 'threads' ? 'in use' : resource.type === 'rate' ? 'of its limit used' : 'busy';
  const { peak } = resource;
  const atTimes = state === 'saturated' && pressureOf(resource) < SATURATED && resource.saturatedShare > 0 && peak !== null;
  const busy = atTimes
    ? `used up from ${formatDuration(peak.fromMs)} to ${formatDuration(peak.toMs)}${resource.saturatedShare > peak.share + 0.01 ? ' and at other times' : ''}, ${formatShare(pressureOf(resource))} ${verb} over the whole run`
    : `${formatShare(pressureOf(resource))} ${verb}`;
  switch (state) {
    case 'saturated': {
      const refuses = (resource.type === 'rate' || resource.type === 'bulkhead') && resource.refusedShare >= REFUSES;
      const how = refuses ? `it turned away ${formatShare(resource.refusedShare)} of what came` : busy;
      return `The bottleneck is ${nameOf(resource)}: ${how}${resource.growing ? `, and the queue grew by ${perSecond(resource)}` : ''}.`;
    }
    case 'busiest':
      return `The first bottleneck will be ${nameOf(resource)}: ${busy}. It does not limit the run yet.`;
    case 'none':
      return `No bottleneck: the busiest is ${nameOf(resource)} with ${formatShare(pressureOf(resource))}. Nothing is near its limit.`;
  }
}

/** `1 server`, `4 servers`. */
export function counted(count: number, unit: string): string {
  return `${formatNumber(count)} ${count === 1 ? singularOf(unit) : unit}`;
}

function perSecond({ trend }: Resource): string {
  return trend === null ? 'nothing' : `${formatNumber(trend.perS)} ± ${formatNumber(trend.halfWidth, 2)} requests per second`;
}

function evidenceOf(result: RunResult, resource: Resource): string[] {
  const { throughput = 0 } = result.endToEnd.metrics;
  const { demandMs, capacity, utilisation, busiest, peak, growing, queueMean, refusedShare, ownShare, limitPerS, type, unit } = resource;
  const lines: string[] = [];
  if (demandMs !== null)
    lines.push(
      `Utilisation law: ${formatRate(throughput)} completed × ${formatDuration(demandMs)} of busy time for each${type === 'transmitter' ? '' : ` / ${counted(capacity, unit)}`} = ${formatShare(utilisation)}.`,
    );
  else if (type === 'rate') lines.push(`It let ${formatRate(resource.inUse)} in, of ${formatRate(capacity)} that it allows.`);
  else lines.push(`Little's law: ${formatNumber(resource.inUse)} of ${formatNumber(capacity)} ${unit} under way on average.`);
  if (limitPerS !== null) lines.push(`At this demand it is used up at ${formatRate(limitPerS)} completed end to end.`);
  if (busiest !== null && isUneven(utilisation, busiest.utilisation))
    lines.push(`Instance ${busiest.instance + 1} is ${formatShare(busiest.utilisation)} busy, all together ${formatShare(utilisation)}: the load is uneven.`);
  if (peak !== null && peak.utilisation > utilisation + 0.1)
    lines.push(`At its busiest, from ${formatDuration(peak.fromMs)} to ${formatDuration(peak.toMs)}, it was ${formatShare(peak.utilisation)} busy.`);
  if (growing) lines.push(`Its queue grew by ${perSecond(resource)} (99 % interval), more than chance explains.`);
  else if (queueMean >= 0.1) lines.push(`${formatNumber(queueMean)} requests waited for it on average; the queue did not grow beyond chance.`);
  if (refusedShare >= REFUSES) lines.push(`${formatShare(refusedShare)} of what came to it was turned away.`);
  if (ownShare !== null && ownShare < WAITS)
    lines.push(`Only ${formatShare(ownShare)} of the time that it is held is work of its own; the rest waits for replies of other parts.`);
  return lines;
}

function excuse(resource: Resource): string {
  return `${nameOf(resource).replace(/^t/, 'T')} are held ${formatShare(pressureOf(resource))} of the time, but ${formatShare(1 - (resource.ownShare ?? 1))} of that waits for the parts behind.`;
}

function nextWords(state: BottleneckReading['state'], next: Resource | null, result: RunResult): string[] {
  const { throughput = 0 } = result.endToEnd.metrics;
  if (state === 'none' || next === null || next.limitPerS === null || !(throughput > 0)) return [];
  return [
    `Next would be ${nameOf(next)}: ${formatShare(pressureOf(next))} now, used up at ${formatRate(next.limitPerS)}, ${formatNumber(next.limitPerS / throughput)} times what is completed now.`,
  ];
}
