import { roundForDisplay } from '../../src-shared/analysis/smoothing';
import type { MetricName } from '../../src-shared/engine/metrics';
import { TELEMETRY_SERIES, type TelemetrySeriesName } from '../../src-shared/run/result';

/** The true percentiles, in ms, of the stretch of time that a collector shows those of; NaN where no request ended well in it. */
export interface TrueLatency {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

const PLACE = Object.fromEntries(TELEMETRY_SERIES.map((name, index) => [name, index])) as Record<TelemetrySeriesName, number>;

/** What a collector shows of a part, by the names that the numbers of the finished run have. */
const NAMES: readonly (readonly [MetricName, TelemetrySeriesName])[] = [
  ['seenThroughput', 'seenPerS'],
  ['seenFailureShare', 'seenFailureShare'],
  ['seenUtilisation', 'seenUtilisation'],
  ['seenLatencyP50Ms', 'seenP50Ms'],
  ['seenLatencyP95Ms', 'seenP95Ms'],
  ['seenLatencyP99Ms', 'seenP99Ms'],
  ['spansSeen', 'spans'],
  ['telemetryAgeMeanMs', 'ageMs'],
];

/** Reads the row of a link in a frame's telemetry, rounded to the digits that are displayed; what is not known is absent. */
export function readTelemetry(
  telemetry: Float64Array,
  row: number,
): { readonly seen: Readonly<Partial<Record<MetricName, number>>>; readonly truth: TrueLatency } {
  const at = (name: TelemetrySeriesName): number => roundForDisplay(telemetry[row * TELEMETRY_SERIES.length + PLACE[name]] ?? Number.NaN);
  const seen: Partial<Record<MetricName, number>> = {};
  for (const [metric, name] of NAMES) if (!Number.isNaN(at(name))) seen[metric] = at(name);
  return { seen, truth: { p50: at('trueP50Ms'), p95: at('trueP95Ms'), p99: at('trueP99Ms') } };
}
