import { describe, expect, it } from 'vitest';
import { scalabilityWords } from './sweep-words';
import { fitUsl, uslThroughput } from './usl-fit';

const SIZES = [1, 2, 3, 4, 6, 8, 12, 16];
/** Noise without chance: plus and minus, summing to little. */
const NOISE = [0.4, -0.9, 0.7, -0.2, 0.8, -1, 0.3, 0.6];

/** The words about a fit to the law with this much noise. */
function words(gamma: number, alpha: number, beta: number, noise: number) {
  const points = SIZES.map((size, index) => ({
    size,
    throughput: uslThroughput(size, gamma, alpha, beta) * (1 + noise * (NOISE[index] ?? 0)),
    limitedByLoad: false,
  }));
  return scalabilityWords({ points, fit: fitUsl(points, 0.95) }, 0.95).ceiling;
}

describe('scalabilityWords', () => {
  it('tells the peak and the ceiling that were planted', () => {
    // √((1 − 0.1) / 0.01) is 9.49.
    expect(words(100, 0.1, 0.01, 0.002)).toMatch(/^greatest throughput: \d+ req\/s at 9\.\d+$/);
    // γ/α: 100 / 0.2.
    expect(words(100, 0.2, 0, 0)).toMatch(/: (499|500|501) req\/s/);
  });

  it('tells no peak that chance may have made', () => {
    expect(words(100, 0, 0.0005, 0.1)).toContain('does not differ from 0 beyond chance');
  });
});
