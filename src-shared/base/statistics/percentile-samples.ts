/**
 * Samples beyond a percentile with which it is called known. The number of samples beyond the true value is binomial: with ten expected
 * its standard deviation is nearly √10, so that the share beyond is known to about a third, and the 95 % interval by order statistics
 * reaches from about the 4th to the 17th largest sample. H. A. David, H. N. Nagaraja, Order Statistics, 3rd ed. 2003, section 7.1.
 */
export const ENOUGH_BEYOND = 10;

/** Samples expected beyond the percentile `share` (0..1) of `count` samples. */
export function samplesBeyond(count: number, share: number): number {
  // 1 - 0.999 is not exact in binary: ten of 10,000 must not count as fewer.
  return Math.round(count * (1 - share) * 1e6) / 1e6;
}

/** Least number of samples with {@link ENOUGH_BEYOND} of them expected beyond the percentile `share` (0..1). */
export function samplesNeeded(share: number): number {
  return Math.ceil(ENOUGH_BEYOND / (1 - share) - 1e-6);
}

/** Whether `count` samples are too few for the percentile `share` (0..1). */
export function isTooFew(count: number, share: number): boolean {
  return samplesBeyond(count, share) < ENOUGH_BEYOND;
}
