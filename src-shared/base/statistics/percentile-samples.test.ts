import { describe, expect, it } from 'vitest';
import { isTooFew, samplesBeyond, samplesNeeded } from './percentile-samples';

describe('samples beyond a percentile', () => {
  it('are half a sample for p99.9 of 500', () => {
    expect(samplesBeyond(500, 0.999)).toBe(0.5);
    expect(isTooFew(500, 0.999)).toBe(true);
  });

  it('are enough from ten on', () => {
    expect([samplesNeeded(0.95), samplesNeeded(0.99), samplesNeeded(0.999)]).toEqual([200, 1000, 10_000]);
    for (const share of [0.5, 0.95, 0.99, 0.999])
      expect([isTooFew(samplesNeeded(share), share), isTooFew(samplesNeeded(share) - 1, share)]).toEqual([false, true]);
  });
});
