import type { Core } from '../engine/core';
import * as L from '../engine/layout';
import type { MetricName } from '../engine/metrics';
import type { Snapshot } from '../engine/snapshot';
import type { TelemetryLink } from './result';

/** The place of a link among the links to telemetry collectors, which is that of its telemetry in the engine's memory; -1: it is none of them. */
export function telemetryRow({ links }: Core['plan'], link: number): number {
  if (links[link]?.telemetry === undefined) return -1;
  return links.slice(0, link).filter(({ telemetry }) => telemetry !== undefined).length;
}

/** The links of a plan over which parts report to collectors, in the order of the engine's memory. */
export function telemetryLinksOf({ links, components }: Core['plan']): readonly TelemetryLink[] {
  return links.flatMap(({ id, from, to, telemetry }) =>
    telemetry === undefined ? [] : [{ linkId: id, componentId: components[from]?.id ?? '', collectorId: components[to]?.id ?? '' }],
  );
}

/** Measures what the collector behind a link sees of the part before it, and what that costs the part, between two snapshots. */
export function measureTelemetry(core: Core, link: number, from: Snapshot, to: Snapshot, set: (name: MetricName, value: number) => void): void {
  const { plan } = core;
  const spec = plan.links[link];
  const row = telemetryRow(plan, link);
  const part = plan.components[spec?.from ?? 0];
  if (spec?.telemetry === undefined || part === undefined) return;
  const ns = to.at - from.at;
  const of = (field: number): number => (to.telemetry[row * L.TELEMETRY_STATS + field] ?? 0) - (from.telemetry[row * L.TELEMETRY_STATS + field] ?? 0);
  const completed = of(L.E_TOLD_COMPLETED);
  const ended = completed + of(L.E_TOLD_FAILED);
  if (of(L.E_ROUNDS) > 0) set('seenThroughput', (completed / (of(L.E_ROUNDS) * spec.telemetry.interval)) * 1e9);
  if (ended > 0) set('seenFailureShare', of(L.E_TOLD_FAILED) / ended);
  if (of(L.E_TOLD_CAPACITY) > 0) set('seenUtilisation', of(L.E_TOLD_BUSY) / of(L.E_TOLD_CAPACITY));
  const seen = of(L.E_SEEN);
  const good = seen - of(L.E_SEEN_FAILED);
  if (good > 0) set('seenLatencyMeanMs', of(L.E_SEEN_LATENCY) / good / 1e6);
  const made = of(L.E_SPANS);
  set('spansSeen', seen);
  set('spanRate', (made / ns) * 1e9);
  if (made > 0) {
    // Spans of the warm-up may be dropped or lost in the window.
    set('spanDropShare', Math.min(1, of(L.E_DROPPED) / made));
    set('spanLossShare', Math.min(1, of(L.E_LOST) / made));
  }
  if (seen > 0) set('spanDelayMeanMs', of(L.E_DELAY) / seen / 1e6);
  set('telemetryAgeMeanMs', of(L.E_AGE_AREA) / ns / 1e6);
  set('bytesRate', (of(L.E_BYTES) / ns) * 1e9);
  let service = 0;
  for (let node = part.firstNode; node < part.firstNode + part.nodeCount; node++)
    service += (to.stats[node * L.STATS + L.S_SERVICE] ?? 0) - (from.stats[node * L.STATS + L.S_SERVICE] ?? 0);
  if (service > 0) set('telemetryOverheadShare', Math.min(1, of(L.E_OVERHEAD) / service));
}
