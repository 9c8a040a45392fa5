import { formatNumber } from '../../base/format';
import type { RunSettings } from '../../project/project';
import type { RunResult } from '../../run/result';
import type { BottleneckReading } from '../bottleneck';
import { formatMetric } from '../metric-text';
import type { SystemReading } from './candidate';
import type { Effect, EffectMetric, Experiment, TriedCandidate } from './experiment';
import type { OverProvisioned } from './over-provisioned';
import type { SinglePoint } from './single-points';

/** What was read of a design and what was tried: the same on the command line and in its JSON. */
export interface AdviceReport {
  readonly format: 'topolab-advice';
  readonly formatVersion: 1;
  readonly engineVersion: string;
  readonly project: { readonly name: string };
  readonly design: { readonly id: string; readonly name: string };
  /** Settings of the runs that candidates were tried with. */
  readonly settings: RunSettings;
  readonly bottleneck: BottleneckReading;
  readonly singlePoints: readonly SinglePoint[];
  readonly overProvisioned: readonly OverProvisioned[];
  /** Share of the price of all machines by component id. */
  readonly costShares: Readonly<Record<string, number>>;
  /** Candidates that were simulated, and all runs with what they were compared with. */
  readonly candidates: number;
  readonly runs: number;
  /** The best advice first, then what is none and why. */
  readonly tried: readonly TriedCandidate[];
}

/** Puts what was read and what was tried into one report. `base` is the run of the design as it is. */
export function adviceReport(base: RunResult, reading: SystemReading, experiment: Experiment, tried: readonly TriedCandidate[]): AdviceReport {
  return {
    format: 'topolab-advice',
    formatVersion: 1,
    engineVersion: base.engineVersion,
    project: base.project,
    design: base.design,
    settings: experiment.project.settings,
    bottleneck: reading.bottleneck,
    singlePoints: reading.singlePoints,
    overProvisioned: reading.overProvisioned,
    costShares: Object.fromEntries(reading.costShares),
    candidates: tried.length,
    runs: experiment.variants.length * experiment.project.settings.replications,
    tried,
  };
}

/** The whole report as readable JSON. */
export function adviceJson(report: AdviceReport): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}

/** What effects are called. */
export const EFFECT_TITLES: Readonly<Record<EffectMetric, string>> = {
  latencyP95Ms: 'p95',
  latencyP99Ms: 'p99',
  throughput: 'Throughput',
  failureShare: 'Error share',
  costPerHour: 'Price',
  availability: 'Availability',
  expectedAvailability: 'Expected availability',
};

/** What effects are, in a sentence each. */
export const EFFECT_HELP: Readonly<Record<EffectMetric, string>> = {
  latencyP95Ms: 'Latency end to end that 95 of 100 requests do not exceed, of those that ended well.',
  latencyP99Ms: 'Latency end to end that 99 of 100 requests do not exceed, of those that ended well.',
  throughput: 'Requests that ended well, per second.',
  failureShare: 'Failed requests as a share of those that ended.',
  costPerHour: 'Mean price of the machines paid for.',
  availability: 'Requests that ended well as a share of those that ended.',
  expectedAvailability: 'Calculated, not measured: share of the time that the path of requests is up in the long run, by the MTBF and MTTR of random faults.',
};

const isAvailability = (metric: EffectMetric): boolean => metric === 'availability' || metric === 'expectedAvailability';
const metricOf = (metric: EffectMetric): Exclude<EffectMetric, 'expectedAvailability'> => (metric === 'expectedAvailability' ? 'availability' : metric);

/** The value of an effect, with its unit: `96.2 ms`; availabilities keep their nines. */
export function effectValue(metric: EffectMetric, value: number | null): string {
  if (value === null) return '–';
  return isAvailability(metric) ? `${value === 1 ? 100 : (value * 100).toFixed(value > 0.9995 ? 4 : 2)} %` : formatMetric(metricOf(metric), value);
}

/** Factor and unit that an effect reads best in, by the larger of its values. */
function scaleOf({ metric, before, after }: Effect): { readonly factor: number; readonly unit: string } {
  const size = Math.max(Math.abs(before ?? 0), Math.abs(after ?? 0));
  switch (metric) {
    case 'latencyP95Ms':
    case 'latencyP99Ms':
      return size >= 10_000 ? { factor: 1e-3, unit: ' s' } : size < 1 ? { factor: 1000, unit: ' µs' } : { factor: 1, unit: ' ms' };
    case 'throughput':
      return { factor: 1, unit: ' req/s' };
    case 'costPerHour':
      return { factor: 1, unit: ' USD/h' };
    default:
      return { factor: 100, unit: ' points' };
  }
}

/** The paired difference of an effect with its interval, in the unit of its values and with the digits that the interval warrants: `−12.3 ± 0.4 ms`; shares differ by points. Empty where there is none. */
export function effectDifference(effect: Effect): string {
  const { difference } = effect;
  if (difference === null) return '';
  const { factor, unit } = scaleOf(effect);
  const mean = difference.mean * factor;
  const half = (difference.halfWidth ?? 0) * factor;
  if (mean === 0 && half === 0) return 'no difference';
  const sign = mean > 0 ? '+' : mean < 0 ? '−' : '';
  // Narrower than any digit that is shown: what rounding leaves of a difference that is always the same.
  if (half <= Math.abs(mean) * 1e-5) return `${sign}${formatNumber(Math.abs(mean))}${unit}`;
  const decimals = Math.min(6, Math.max(0, 1 - Math.floor(Math.log10(half))));
  return `${sign}${Math.abs(mean).toFixed(decimals)} ± ${half.toFixed(decimals)}${unit}`;
}
