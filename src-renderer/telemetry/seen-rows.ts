import { formatDuration, formatNumber, formatRate, formatShare } from '../../src-shared/base/format';
import { ENOUGH_BEYOND, samplesNeeded } from '../../src-shared/base/statistics/percentile-samples';
import { METRICS, type MetricName } from '../../src-shared/engine/metrics';
import type { TrueLatency } from '../run/live-telemetry';

type Values = Readonly<Partial<Record<MetricName, number>>>;

/** One number as a collector shows it, beside what it really is. */
export interface SeenRow {
  readonly metric: MetricName;
  readonly title: string;
  readonly help: string;
  readonly seen: string;
  readonly truth: string;
  /** How far what is seen is off, in words; empty where one of the two is not known. */
  readonly off: string;
}

/** Percentiles, with the number of spans below which each is uncertain. */
const NEEDED = [
  ['p95', samplesNeeded(0.95)],
  ['p99', samplesNeeded(0.99)],
] as const;

const ROWS: readonly (readonly [seen: MetricName, truth: MetricName, title: string])[] = [
  ['seenThroughput', 'throughput', 'Throughput'],
  ['seenFailureShare', 'failureShare', 'Error share'],
  ['seenUtilisation', 'utilisation', 'Utilisation'],
  ['seenLatencyP50Ms', 'latencyP50Ms', 'Latency, p50'],
  ['seenLatencyP95Ms', 'latencyP95Ms', 'Latency, p95'],
  ['seenLatencyP99Ms', 'latencyP99Ms', 'Latency, p99'],
];

function inWords(metric: MetricName, value: number | undefined): string {
  if (value === undefined || !Number.isFinite(value)) return '–';
  switch (METRICS[metric].unit) {
    case 'req/s':
      return formatRate(value);
    case 'share':
      return formatShare(value);
    default:
      return formatDuration(value);
  }
}

/** How far what is seen is off: in percent of the truth, or in percentage points where both are shares. */
export function offBy(metric: MetricName, seen: number | undefined, truth: number | undefined): string {
  if (seen === undefined || truth === undefined || !Number.isFinite(seen) || !Number.isFinite(truth)) return '';
  const signed = (value: number, unit: string): string => {
    const shown = formatNumber(Math.abs(value), 2);
    return shown === '0' ? `±0 ${unit}` : `${value < 0 ? '−' : '+'}${shown} ${unit}`;
  };
  if (METRICS[metric].unit === 'share') return signed((seen - truth) * 100, 'points');
  return truth === 0 ? '' : signed((seen / truth - 1) * 100, '%');
}

/**
 * What a collector shows of a part beside the truth. `link`: the numbers of the link to the collector, `part`: those of the part;
 * `truth`: the percentiles of the stretch of time that the collector shows those of, while the run goes on.
 */
export function seenRows(link: Values, part: Values, truth?: TrueLatency): readonly SeenRow[] {
  const real: Values = truth === undefined ? part : { ...part, latencyP50Ms: truth.p50, latencyP95Ms: truth.p95, latencyP99Ms: truth.p99 };
  return ROWS.filter(([seen, its]) => link[seen] !== undefined || (real[its] !== undefined && Number.isFinite(real[its]))).map(([seen, its, title]) => ({
    metric: seen,
    title,
    help: METRICS[seen].definition,
    seen: inWords(its, link[seen]),
    truth: inWords(its, real[its]),
    off: offBy(its, link[seen], real[its]),
  }));
}

/** What the numbers of a collector rest on, and how old they are, in sentences. `live`: of the latest interval, else of the whole window. */
export function seenNotes(link: Values, live: boolean): readonly string[] {
  const notes: string[] = [];
  const spans = link.spansSeen;
  const age = link.telemetryAgeMeanMs;
  if (age !== undefined) notes.push(live ? `The newest report is ${formatDuration(age)} old.` : `The newest report was ${formatDuration(age)} old on average.`);
  else if (live) notes.push('No report has arrived yet.');
  if (spans !== undefined) {
    const weak = NEEDED.flatMap(([name, needed]) => (spans < needed ? [name] : []));
    const basis = `Percentiles rest on ${formatNumber(spans, 9)} ${spans === 1 ? 'span' : 'spans'}${live ? ' of the latest interval' : ''}`;
    notes.push(weak.length === 0 ? `${basis}.` : `${basis}: too few for ${weak.join(' or ')}, with fewer than ${ENOUGH_BEYOND} beyond it.`);
  }
  const missing = (link.spanDropShare ?? 0) + (link.spanLossShare ?? 0);
  if (missing > 0)
    notes.push(
      `${formatShare(missing)} of the spans never came: ${formatShare(link.spanDropShare ?? 0)} dropped at the part, ${formatShare(link.spanLossShare ?? 0)} lost or refused.`,
    );
  if (link.telemetryOverheadShare !== undefined) notes.push(`Telemetry took ${formatShare(link.telemetryOverheadShare)} of the part’s service time.`);
  return notes;
}
