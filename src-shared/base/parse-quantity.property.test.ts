import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Dimension, parseQuantity, quantityText } from './parse-quantity';

const dimensions: readonly Dimension[] = ['duration', 'rate', 'share', 'size', 'bandwidth', 'count', 'number'];

describe('a shown quantity', () => {
  it('reads back as the same number', () => {
    // Decimal numbers of up to 12 digits: what people write and files hold.
    const decimal = fc
      .tuple(fc.integer({ min: 0, max: 999_999_999_999 }), fc.integer({ min: 0, max: 9 }))
      .map(([digits, places]) => Number(`${digits}e-${places}`));
    fc.assert(
      fc.property(fc.constantFrom(...dimensions), decimal, (dimension, stored) => {
        const shown = quantityText(stored, dimension, 'parts');
        const read = parseQuantity(`${shown.digits} ${shown.unit}`, dimension, shown.unit);
        const bare = parseQuantity(shown.digits, dimension, shown.unit);
        expect(read).toEqual({ ok: true, value: stored });
        expect(bare).toEqual(read);
      }),
      { numRuns: 2000 },
    );
  });

  it('never throws, whatever is typed', () => {
    fc.assert(
      fc.property(fc.constantFrom(...dimensions), fc.string(), (dimension, text) => {
        const result = parseQuantity(text, dimension, 'parts');
        expect(result.ok ? Number.isFinite(result.value) : result.error.length > 0).toBe(true);
      }),
    );
  });
});
