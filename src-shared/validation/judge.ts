import { formatNumber } from '../base/format';
import type { Expectation } from './case';
import type { Measurements } from './express/expression';

export type Verdict = 'pass' | 'FAIL' | 'reference only' | 'cannot be expressed';

/** One number of one case, checked. */
export interface Check {
  readonly caseId: string;
  readonly metric: string;
  readonly expected: number;
  readonly measured: number | null;
  /** Largest accepted deviation at the length of this run; null where nothing was measured. */
  readonly allowed: number | null;
  /** Deviation in standard errors at the length of this run; null where the case gives no standard error. */
  readonly deviation: number | null;
  /** Whether the deviation may be counted in the test for bias: two-sided, against the model's own value, nothing but chance allowed. */
  readonly unbiased: boolean;
  readonly verdict: Verdict;
  readonly note: string;
}

/**
 * Compares one expectation with what came out. `lengthening` is the factor by which standard errors have grown because the run is
 * shorter than the case states: the square root of stated over actual length. The part of a tolerance that is not chance stays as it is.
 */
export function judge(caseId: string, expectation: Expectation, measurements: Measurements, lengthening: number, referenceOnly = false): Check {
  const { metric, value: expected, tolerance, relation = 'eq' } = expectation;
  const name = metric.split('.')[0] ?? metric;
  // Metrics themselves have points in them, as in `mean_in_system_at_0.5s`.
  const measured = measurements.values[metric] ?? measurements.values[name];
  const chance = tolerance.se === undefined ? null : tolerance.se * lengthening;
  const common = { caseId, metric, expected, unbiased: false, note: '' };
  if (measured === undefined || !Number.isFinite(measured))
    return { ...common, measured: null, allowed: null, deviation: null, verdict: 'FAIL', note: 'not measured' };
  const deviation = chance === null || chance === 0 ? null : (measured - expected) / chance;
  const allowed = allowance(expectation, measurements.halfWidths?.[name], lengthening);
  if (allowed === undefined) return { ...common, measured, allowed: null, deviation, verdict: 'FAIL', note: 'the run gave no interval' };
  const excess = relation === 'le' ? measured - expected : relation === 'ge' ? expected - measured : Math.abs(measured - expected);
  const verdict = referenceOnly ? 'reference only' : excess <= allowed ? 'pass' : 'FAIL';
  const bound = relation === 'eq' ? '' : relation === 'le' ? 'upper bound' : 'lower bound';
  return {
    ...common,
    measured,
    allowed,
    deviation,
    unbiased: deviation !== null && relation === 'eq' && tolerance.basis === '4 standard errors',
    verdict,
    note: bound,
  };
}

function allowance({ value, tolerance }: Expectation, halfWidth: number | undefined, lengthening: number): number | undefined {
  if (tolerance.kind === 'ci') return halfWidth;
  const stated = tolerance.kind === 'relative' ? tolerance.value * Math.abs(value) : tolerance.value;
  if (tolerance.basis === 'exact') return stated;
  if (tolerance.se === undefined) return stated * lengthening;
  const chance = 4 * tolerance.se;
  return Math.max(0, stated - chance) + chance * lengthening;
}

/** A check as one line of the table. */
export function describeCheck(check: Check): string {
  const { caseId, metric, expected, measured, deviation, verdict, note } = check;
  const off = deviation === null ? '–' : `${deviation >= 0 ? '+' : '−'}${Math.abs(deviation).toFixed(2)} se`;
  const cells = [
    caseId.padEnd(36),
    metric.padEnd(46),
    formatNumber(expected, 7).padStart(14),
    (measured === null ? '–' : formatNumber(measured, 7)).padStart(14),
    off.padStart(10),
    note === '' ? verdict : `${verdict}: ${note}`,
  ];
  return cells.join('  ');
}
