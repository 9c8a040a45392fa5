import { formatNumber, formatRate, formatShare } from '../base/format';
import type { LoadLatency, Scalability } from './sweep-curves';
import type { SweepAxis } from './sweep-result';
import { type Estimate, isSure, type UslFit } from './usl-fit';

/** Where the knee is, in a sentence. */
export function kneeSentence({ knee }: LoadLatency, axis: SweepAxis | undefined): string {
  const unit = axis === undefined || axis.unit === '' ? '' : ` ${axis.unit}`;
  return knee === null
    ? 'Knee: not within the sweep; throughput divided by latency (power, Kleinrock 1979) is greatest at its end.'
    : `Knee: ${formatNumber(knee.load)}${unit}, where throughput divided by latency (power, Kleinrock 1979) is greatest; between ${formatNumber(knee.between[0])} and ${formatNumber(knee.between[1])}.`;
}

/** The fit of the Universal Scalability Law: what it is, its numbers in words, and what to make of it. */
export interface ScalabilityWords {
  readonly heading: string;
  readonly lines: readonly (readonly [name: string, value: string])[];
  /** Where the throughput peaks, or that it does not. */
  readonly ceiling: string;
  /** What was left out of the fit; empty where nothing was. */
  readonly note: string;
}

/** A scalability curve in words. */
export function scalabilityWords({ fit, points }: Scalability, confidence: number): ScalabilityWords {
  const limited = points.filter(({ limitedByLoad }) => limitedByLoad).length;
  const note =
    limited === 0 ? '' : `${limited} of ${points.length} points did all that was asked of them and say nothing of capacity: raise the load to learn more.`;
  if (fit === null) return { heading: 'Universal Scalability Law: not fitted, since fewer than four points show the capacity.', lines: [], ceiling: '', note };
  return {
    heading: `Universal Scalability Law (Gunther 2007), ${formatShare(confidence)} intervals, ${formatShare(fit.rSquared)} of the variance explained:`,
    lines: [
      ['throughput of one', estimateText(fit.gamma, formatRate)],
      ['contention', estimateText(fit.alpha, formatNumber)],
      ['coherency', estimateText(fit.beta, formatNumber)],
    ],
    ceiling: ceilingOf(fit),
    note,
  };
}

/** Where the throughput ends by the law; said only of parameters that differ from 0 beyond chance. */
function ceilingOf({ alpha, beta, peakSize, peakThroughput }: UslFit): string {
  if (peakThroughput === null) return 'no ceiling within the law';
  if (peakSize !== null && isSure(beta)) return `greatest throughput: ${formatRate(peakThroughput)} at ${formatNumber(peakSize)}`;
  if (peakSize === null && isSure(alpha)) return `ceiling: ${formatRate(peakThroughput)}, approached and never reached`;
  return `no ceiling can be told: ${peakSize === null ? 'contention' : 'coherency'} does not differ from 0 beyond chance`;
}

function estimateText({ value, halfWidth }: Estimate, format: (value: number) => string): string {
  return halfWidth === null ? `${format(value)} (at its bound)` : `${format(value)} ± ${format(halfWidth)}`;
}
