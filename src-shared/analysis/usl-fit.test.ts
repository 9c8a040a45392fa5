import { describe, expect, it } from 'vitest';
import { fitUsl, uslThroughput } from './usl-fit';

const sizes = [1, 2, 4, 8, 12, 16, 24, 32, 48, 64];
/** Noise without chance: plus and minus, summing to little. */
const noise = [0.4, -0.9, 0.7, -0.2, 0.8, -1, 0.3, 0.6, -0.7, 0.1];

function measured(gamma: number, alpha: number, beta: number, relativeNoise = 0) {
  return sizes.map((size, index) => ({ size, throughput: uslThroughput(size, gamma, alpha, beta) * (1 + relativeNoise * (noise[index] ?? 0)) }));
}

describe('fitUsl', () => {
  it.each([
    [995, 0.0267, 0.000769],
    [40, 0.2, 0.01],
    [1e6, 0.5, 0.05],
    [0.02, 0.001, 0.0001],
  ])('recovers planted parameters without noise: γ %d, α %d, β %d', (gamma, alpha, beta) => {
    const fit = fitUsl(measured(gamma, alpha, beta), 0.95);
    expect((fit?.gamma.value ?? 0) / gamma).toBeCloseTo(1, 6);
    expect((fit?.alpha.value ?? 0) / alpha).toBeCloseTo(1, 4);
    expect((fit?.beta.value ?? 0) / beta).toBeCloseTo(1, 4);
    expect(fit?.rSquared).toBeCloseTo(1, 9);
    expect(fit?.peakSize).toBeCloseTo(Math.sqrt((1 - alpha) / beta), 2);
  });

  it('has intervals that hold the planted parameters, and grow with the noise', () => {
    const little = fitUsl(measured(995, 0.0267, 0.000769, 0.01), 0.95);
    const much = fitUsl(measured(995, 0.0267, 0.000769, 0.03), 0.95);
    for (const [name, planted] of [
      ['gamma', 995],
      ['alpha', 0.0267],
      ['beta', 0.000769],
    ] as const) {
      const estimate = little?.[name];
      expect(Math.abs((estimate?.value ?? 0) - planted)).toBeLessThan(estimate?.halfWidth ?? 0);
      expect(much?.[name].halfWidth ?? 0).toBeGreaterThan(2 * (estimate?.halfWidth ?? 0));
    }
    expect(little?.rSquared).toBeGreaterThan(0.99);
  });

  it('gives intervals as ordinary least squares does where the law is a line: t(0.975; 3) · √(Σ residuals² / 3 / Σ N²)', () => {
    // Throughput 10 N with residuals +2, −1, 0 … whose curve bends upwards, so that α and β stay at their bounds.
    const fit = fitUsl(
      [1, 2, 3, 4].map((size, index) => ({ size, throughput: 10 * size + [-1, -1, 0, 1][index]! })),
      0.95,
    );
    expect(fit?.alpha).toEqual({ value: 0, halfWidth: null });
    expect(fit?.beta).toEqual({ value: 0, halfWidth: null });
    // Through the origin: slope (9 + 2·19 + 3·30 + 4·41) / (1 + 4 + 9 + 16).
    const slope = 301 / 30;
    const squares = [9, 19, 30, 41].reduce((sum, value, index) => sum + (value - slope * (index + 1)) ** 2, 0);
    expect(fit?.gamma.value).toBeCloseTo(slope, 8);
    expect(fit?.gamma.halfWidth).toBeCloseTo(3.182446 * Math.sqrt(squares / 3 / 30), 5);
    expect(fit?.peakSize).toBeNull();
    expect(fit?.peakThroughput).toBeNull();
  });

  it('tells the ceiling of contention alone (Amdahl): γ/α', () => {
    const fit = fitUsl(measured(100, 0.1, 0), 0.95);
    expect(fit?.beta.value).toBeLessThan(1e-9);
    expect(fit?.alpha.value).toBeCloseTo(0.1, 6);
    // Whether β comes out as 0 or as a trace of rounding: the ceiling is the same.
    expect(fit?.peakThroughput).toBeCloseTo(1000, 0);
  });

  it('needs four different sizes and some throughput', () => {
    expect(fitUsl(measured(10, 0.1, 0.01).slice(0, 3), 0.95)).toBeNull();
    expect(
      fitUsl(
        [1, 1, 2, 2, 3, 3].map((size) => ({ size, throughput: size })),
        0.95,
      ),
    ).toBeNull();
    expect(
      fitUsl(
        sizes.map((size) => ({ size, throughput: 0 })),
        0.95,
      ),
    ).toBeNull();
    expect(
      fitUsl(
        sizes.map((size) => ({ size: size - 1, throughput: size })),
        0.95,
      ),
    ).toBeNull();
  });
});
