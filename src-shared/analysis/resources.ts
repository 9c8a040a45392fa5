import type { Plan, PlanNode, StationNode } from '../engine/plan';
import type { MetricValues, RunResult } from '../run/result';
import { type Trend, trendOf } from './trend';

/** What is limited: servers of a part, its threads or connections, the transmitter of a link, a rate, or calls under way at once. */
export type ResourceType = 'servers' | 'threads' | 'transmitter' | 'rate' | 'bulkhead';

/** One thing that a run used and of which there is only so much. */
export interface Resource {
  /** Unique in a reading. */
  readonly key: string;
  readonly type: ResourceType;
  /** Id of the component or link that it belongs to. */
  readonly recordId: string;
  readonly record: 'component' | 'link';
  /** Name of the component, or of both ends of the link. */
  readonly name: string;
  /** What it is counted in, in the plural: servers, cores, connections, threads, job slots, requests per second, calls. */
  readonly unit: string;
  /** How much of it there is: servers of all instances, time-weighted where their number changed. */
  readonly capacity: number;
  /** Time-weighted mean in use. */
  readonly inUse: number;
  /** Mean share in use over the measured window, 0..1; of a rate also above. */
  readonly utilisation: number;
  /** The busiest of several instances, where their number stays the same. */
  readonly busiest: { readonly instance: number; readonly utilisation: number } | null;
  /** Busiest twentieth of the measured window, of the first replication, with those around it in which it is used up as well; `share` of all of them. */
  readonly peak: { readonly utilisation: number; readonly fromMs: number; readonly toMs: number; readonly share: number } | null;
  /** Share of those twentieths in which it was used up. */
  readonly saturatedShare: number;
  /** Busy time that one completed end-to-end request costs, ms: D = U c / X; null where nothing was completed or it is not busy time. */
  readonly demandMs: number | null;
  /** Completed end-to-end requests per second at which it would be used up: X / U. */
  readonly limitPerS: number | null;
  readonly queueMean: number;
  /** Slope of the queue over the measured window of the first replication; null where hardly anything waits. */
  readonly trend: Trend | null;
  /** The queue grew, beyond chance and beyond what a steady queue does. */
  readonly growing: boolean;
  /** Share of what came that this limit itself refused or turned away. */
  readonly refusedShare: number;
  /** Share of its busy time that is work of its own, where it is held while calls to other parts are under way; else null. */
  readonly ownShare: number | null;
}

/** From this share on a resource counts as used up. */
export const SATURATED = 0.95;
/** A queue that has grown by less than this many requests has not grown. */
const GROWN = 10;
/** Share by which the busiest instance is above all together before the load counts as uneven: less is chance. */
const UNEVEN = 0.05;
/** Twentieths of the measured window are looked at for the peak. */
const WINDOWS = 20;

/** What is limited in a plan, with what a run measured of it; resources that were not used at all are left out. */
export function readResources(plan: Plan, result: RunResult): Resource[] {
  const throughput = result.endToEnd.metrics.throughput ?? 0;
  const resources: Resource[] = [];
  for (const [index, component] of plan.components.entries()) {
    const measured = result.components[index];
    const node = plan.nodes[component.firstNode];
    if (measured === undefined || node === undefined || node.role === 'source') continue;
    const { metrics, failures } = measured;
    const series = result.series.components.find(({ id }) => id === component.id)?.columns;
    const about = { recordId: component.id, record: 'component' as const, name: component.name };
    const each = serversOf(node);
    const capacity = metrics.serversMean ?? each * component.nodeCount;
    const queueMean = metrics.queueMean ?? 0;
    // A queue that is hardly there has not grown by any number that counts.
    const trend = series === undefined || queueMean < 1 ? null : measuredTrend(result, series.queue);
    const growing = grows(trend);
    const threads = node.role === 'station' ? threadsOf(node) : Infinity;
    if (each > 0 && metrics.utilisation !== undefined && capacity > 0) {
      const windows = series === undefined ? [] : windowMeans(result, series.utilisation);
      const inUse = metrics.utilisation * capacity;
      const first = node.role === 'station' ? node : null;
      const busiest = busiestOf(measured.instances.map((instance) => instance.metrics));
      // With the shares that there are the busiest instance is used up first; where instances come and go they cannot be compared.
      const uneven = metrics.serversMean === undefined && busiest !== null && isUneven(metrics.utilisation, busiest.utilisation);
      const pressure = uneven ? busiest.utilisation : metrics.utilisation;
      const holds = first?.holdsServer === true && first.calls.length > 0 && !Number.isFinite(threads);
      resources.push({
        ...about,
        key: `servers ${component.id}`,
        type: 'servers',
        unit: serverWord(component.kind, first),
        capacity,
        inUse,
        utilisation: metrics.utilisation,
        busiest: metrics.serversMean === undefined ? busiest : null,
        peak: peakOf(windows),
        saturatedShare: shareOf(windows, SATURATED),
        demandMs: throughput > 0 ? (inUse / throughput) * 1000 : null,
        limitPerS: throughput > 0 && pressure > 0 ? throughput / pressure : null,
        queueMean,
        trend,
        growing: growing && !(Number.isFinite(threads) && metrics.utilisation < SATURATED),
        refusedShare: shareRefused(failures['queue-full'], metrics.offered),
        ownShare: holds && inUse > 0 ? Math.min(1, (servedPerS(metrics) * (metrics.serviceMeanMs ?? 0)) / 1000 / inUse) : null,
      });
    }
    if (Number.isFinite(threads)) {
      // Whoever is present and does not wait has a thread, or a connection.
      const all = threads * (capacity / each);
      const inUse = Math.max(0, (metrics.inSystemMean ?? 0) - queueMean);
      const windows =
        series === undefined
          ? []
          : windowMeans(
              result,
              series.inSystem.map((present, at) => (present === null ? null : Math.max(0, present - (series.queue[at] ?? 0)) / all)),
            );
      if (inUse > 0)
        resources.push({
          ...about,
          key: `threads ${component.id}`,
          type: 'threads',
          unit: component.kind === 'database' ? 'connections' : 'threads',
          capacity: all,
          inUse,
          utilisation: inUse / all,
          busiest: null,
          peak: peakOf(windows),
          saturatedShare: shareOf(windows, SATURATED),
          demandMs: throughput > 0 ? (inUse / throughput) * 1000 : null,
          limitPerS: throughput > 0 ? throughput / (inUse / all) : null,
          queueMean,
          trend,
          growing: growing && inUse / all >= 0.8,
          refusedShare: shareRefused(failures['queue-full'], metrics.offered),
          ownShare: Math.min(1, (servedPerS(metrics) * (metrics.serviceMeanMs ?? 0)) / 1000 / inUse),
        });
    }
    if (node.role === 'station' && node.limiter !== undefined) {
      const { limiter } = node;
      const limit = (limiter.type === 'token-bucket' ? limiter.ratePerNs * 1e9 : (limiter.limit / limiter.windowNs) * 1e9) * (capacity / each);
      const offered = metrics.offeredRate ?? 0;
      const refusedShare = shareRefused(failures['rate-limited'], metrics.offered);
      const admitted = offered * (1 - refusedShare);
      if (limit > 0 && offered > 0)
        resources.push({
          ...about,
          key: `rate ${component.id}`,
          type: 'rate',
          unit: 'requests per second',
          capacity: limit,
          inUse: admitted,
          utilisation: admitted / limit,
          busiest: null,
          peak: null,
          saturatedShare: 0,
          demandMs: null,
          limitPerS: throughput > 0 && admitted > 0 ? (throughput * limit) / admitted : null,
          queueMean,
          trend,
          growing: growing && limiter.type === 'token-bucket' && limiter.excess === 'delay' && admitted / limit >= SATURATED,
          refusedShare,
          ownShare: null,
        });
    }
  }
  for (const [index, link] of plan.links.entries()) {
    const measured = result.links[index];
    if (measured === undefined) continue;
    const { metrics, failures } = measured;
    const about = { recordId: link.id, record: 'link' as const, name: `${plan.components[link.from]?.name ?? ''} → ${plan.components[link.to]?.name ?? ''}` };
    const still = { busiest: null, peak: null, saturatedShare: 0, trend: null, growing: false, ownShare: null };
    if (link.nsPerByte > 0 && (metrics.utilisation ?? 0) > 0) {
      const utilisation = metrics.utilisation ?? 0;
      resources.push({
        ...about,
        ...still,
        key: `transmitter ${link.id}`,
        type: 'transmitter',
        unit: 'transmitters',
        capacity: 1,
        inUse: utilisation,
        utilisation,
        demandMs: throughput > 0 ? (utilisation / throughput) * 1000 : null,
        limitPerS: throughput > 0 ? throughput / utilisation : null,
        queueMean: ((metrics.queueingMeanMs ?? 0) / 1000) * (metrics.callRate ?? 0),
        refusedShare: shareRefused(failures['link-full'], metrics.offered),
      });
    }
    const bulkhead = link.policy?.bulkhead ?? Infinity;
    if (!Number.isFinite(bulkhead)) continue;
    // Little's law: calls under way are their rate times the time that they take.
    const inUse = Math.min(bulkhead, ((metrics.throughput ?? (metrics.completed ?? 0) / measuredS(result)) * (metrics.callLatencyMeanMs ?? 0)) / 1000);
    if (inUse > 0)
      resources.push({
        ...about,
        ...still,
        key: `bulkhead ${link.id}`,
        type: 'bulkhead',
        unit: 'calls',
        capacity: bulkhead,
        inUse,
        utilisation: inUse / bulkhead,
        demandMs: null,
        limitPerS: throughput > 0 ? throughput / (inUse / bulkhead) : null,
        queueMean: 0,
        // Turned away before they were put on the link: with a breaker the caller's count tells the two apart.
        refusedShare:
          link.policy?.breaker == null
            ? (metrics.rejectedShare ?? 0)
            : Math.min(1, shareRefused(result.components[link.from]?.failures['bulkhead-full'], result.components[link.from]?.metrics.offered)),
      });
  }
  return resources;
}

/** Whether a queue grew: its slope is beyond chance, and it gained more than a steady queue that is as long on average goes up and down. */
function grows(trend: Trend | null): boolean {
  return trend?.significant === true && trend.gained > Math.max(GROWN, trend.mean);
}

/** Measured seconds of one replication. */
function measuredS(result: RunResult): number {
  return Math.max(1e-9, (result.simulatedMs - result.warmUpMs) / 1000);
}

function servedPerS(metrics: MetricValues): number {
  return (metrics.throughput ?? 0) + (metrics.failureRate ?? 0);
}

function shareRefused(refused: number | undefined, of: number | undefined): number {
  return refused === undefined || of === undefined || of <= 0 ? 0 : Math.min(1, refused / of);
}

/** Servers of one instance; 0 where it has none of its own. */
export function serversOf(node: PlanNode): number {
  return node.role === 'station' ? node.servers : node.role === 'router' ? (node.work?.servers ?? 0) : 0;
}

/** Requests that may have a thread or connection of an instance at once; Infinity where that is not limited apart from its servers. */
export function threadsOf(node: StationNode): number {
  return node.elastic?.threads ?? Infinity;
}

function serverWord(kind: string, station: StationNode | null): string {
  if (kind === 'job') return 'job slots';
  if (kind === 'database') return station?.elastic === undefined ? 'connections' : 'cores';
  return station?.elastic === undefined ? 'servers' : 'cores';
}

function busiestOf(instances: readonly MetricValues[]): Resource['busiest'] {
  if (instances.length < 2) return null;
  const shares = instances.map(({ utilisation = 0 }) => utilisation);
  const utilisation = Math.max(...shares);
  return { instance: shares.indexOf(utilisation), utilisation };
}

/** Points of the series that lie wholly in the measured window. */
function measuredPoints({ series: { timeMs }, warmUpMs }: RunResult): number {
  const first = timeMs.findIndex((_, index) => (index === 0 ? 0 : (timeMs[index - 1] as number)) >= warmUpMs - 1e-6);
  return first === -1 ? timeMs.length : first;
}

function measuredTrend(result: RunResult, column: readonly (number | null)[]): Trend | null {
  const from = measuredPoints(result);
  return trendOf(result.series.timeMs.slice(from), column.slice(from));
}

interface WindowMean {
  readonly fromMs: number;
  readonly toMs: number;
  readonly mean: number;
}

/** Means of a column over twentieths of the measured window. */
function windowMeans(result: RunResult, column: readonly (number | null)[]): WindowMean[] {
  const { timeMs } = result.series;
  const from = measuredPoints(result);
  const size = Math.ceil((timeMs.length - from) / WINDOWS);
  if (size < 1) return [];
  const windows: WindowMean[] = [];
  for (let start = from; start < timeMs.length; start += size) {
    const end = start + size;
    // The rest, where there is one, is shorter than the others and so more left to chance.
    if (end > timeMs.length) break;
    const values = column.slice(start, end).filter((value) => value !== null);
    if (values.length === 0) continue;
    windows.push({
      fromMs: start === 0 ? 0 : (timeMs[start - 1] as number),
      toMs: timeMs[end - 1] as number,
      mean: values.reduce((sum, value) => sum + value, 0) / values.length,
    });
  }
  return windows;
}

/** Whether the busiest instance says more of a part than all instances together. */
export function isUneven(utilisation: number, ofBusiest: number): boolean {
  return ofBusiest > utilisation + UNEVEN;
}

function peakOf(windows: readonly WindowMean[]): Resource['peak'] {
  if (windows.length === 0) return null;
  let from = 0;
  for (const [index, { mean }] of windows.entries()) if (mean > (windows[from]?.mean ?? 0)) from = index;
  let to = from;
  // A rush that lasts for several windows is one.
  while ((windows[from - 1]?.mean ?? 0) >= SATURATED && (windows[from]?.mean ?? 0) >= SATURATED) from--;
  while ((windows[to + 1]?.mean ?? 0) >= SATURATED && (windows[to]?.mean ?? 0) >= SATURATED) to++;
  const busy = windows.slice(from, to + 1);
  return {
    utilisation: busy.reduce((sum, { mean }) => sum + mean, 0) / busy.length,
    fromMs: busy[0]?.fromMs ?? 0,
    toMs: busy.at(-1)?.toMs ?? 0,
    share: busy.length / windows.length,
  };
}

function shareOf(windows: readonly WindowMean[], limit: number): number {
  return windows.length === 0 ? 0 : windows.filter(({ mean }) => mean >= limit).length / windows.length;
}
