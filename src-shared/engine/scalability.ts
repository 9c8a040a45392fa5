/**
 * Speed of one core among k busy ones, relative to one core alone: 1 / (1 + contention (k - 1) + coherency k (k - 1)), the Universal
 * Scalability Law (N. Gunther, "A simple capacity model of massively parallel transaction systems", CMG 1993) divided by k.
 */
export function contentionFactor(busy: number, contention: number, coherency: number): number {
  return 1 / (1 + contention * (busy - 1) + coherency * busy * (busy - 1));
}

/** Number of cores (not rounded) at which the law's throughput is largest: sqrt((1 - contention) / coherency); Infinity without coherency. */
export function peakCores(contention: number, coherency: number): number {
  return coherency > 0 ? Math.sqrt((1 - contention) / coherency) : Infinity;
}
