import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSmoother, roundForDisplay } from './smoothing';

describe('smoothing', () => {
  it('has no value before the first sample', () => {
    expect(createSmoother(2, 2500).value(1)).toBeNaN();
  });

  it('keeps a constant constant', () => {
    const smoother = createSmoother(1, 2500);
    for (let frame = 0; frame < 100; frame++) {
      smoother.age(66);
      smoother.add(0, 7, 66);
    }
    expect(smoother.value(0)).toBeCloseTo(7, 12);
  });

  it('weights samples', () => {
    const smoother = createSmoother(1, 2500);
    smoother.add(0, 10, 3);
    smoother.add(0, 20, 1);
    expect(smoother.value(0)).toBe(12.5);
  });

  it('has forgotten 86 % of the past after one window: 1 - exp(-2)', () => {
    const smoother = createSmoother(1, 2500);
    for (let frame = 0; frame < 1000; frame++) {
      smoother.age(25);
      smoother.add(0, 0, 1);
    }
    for (let frame = 0; frame < 100; frame++) {
      smoother.age(25);
      smoother.add(0, 1, 1);
    }
    expect(smoother.value(0)).toBeCloseTo(1 - Math.exp(-2), 3);
  });

  it('passes over NaN and samples without weight', () => {
    const smoother = createSmoother(1, 2500);
    smoother.add(0, 5, 1);
    smoother.add(0, Number.NaN, 1);
    smoother.add(0, 100, 0);
    expect(smoother.value(0)).toBe(5);
  });

  it('survives an hour without samples', () => {
    const smoother = createSmoother(1, 2500);
    smoother.add(0, 5, 1);
    smoother.age(3_600_000);
    expect(smoother.value(0)).toBeNaN();
    smoother.add(0, 6, 1);
    expect(smoother.value(0)).toBe(6);
  });
});

describe('rounding for display', () => {
  it('keeps three digits', () => {
    expect([0, 0.123456, 1.2345, 86.27, 999.6, 12_345, -0.00045678].map(roundForDisplay)).toEqual([0, 0.123, 1.23, 86.3, 1000, 12_300, -0.000457]);
  });

  it('agrees with the standard library but for half-way cases', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-9, max: 1e12, noNaN: true }), (value) => {
        const unit = 10 ** (Math.floor(Math.log10(value)) - 2);
        const aboveUnit = value / unit - Math.floor(value / unit);
        fc.pre(Math.abs(aboveUnit - 0.5) > 1e-6);
        expect(roundForDisplay(value) / Number(value.toPrecision(3))).toBeCloseTo(1, 9);
      }),
    );
  });
});
