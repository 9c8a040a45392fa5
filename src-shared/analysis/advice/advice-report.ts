import type { RunSettings } from '../../project/project';
import type { RunResult } from '../../run/result';
import type { BottleneckReading } from '../bottleneck';
import { formatInterval, formatMetric } from '../metric-text';
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

/** The paired difference of an effect with its interval: `−12.3 ms ± 0.4`; shares differ by points. Empty where there is none. */
export function effectDifference({ metric, difference }: Effect): string {
  if (difference === null) return '';
  const { mean, halfWidth } = difference;
  if (mean === 0 && (halfWidth ?? 0) === 0) return 'no difference';
  const size = Math.abs(mean);
  const text = halfWidth === null ? formatMetric(metricOf(metric), size) : formatInterval(metricOf(metric), size, halfWidth);
  const points = metric === 'failureShare' || isAvailability(metric) ? text.replace(' %', ' points') : text;
  return `${mean > 0 ? '+' : mean < 0 ? '−' : ''}${points}`;
}
