import { describe, expect, it } from 'vitest';
import { formatFailures } from './metric-text';

describe('counts of failures in words', () => {
  it('are exact where they are counts', () => {
    expect(formatFailures('timeout', { failures: { timeout: 1_234_567 } })).toBe('1234567');
  });

  it('have few digits and their half-width where they are means over replications', () => {
    expect(formatFailures('timeout', { failures: { timeout: 1054 / 3 }, failureHalfWidths: { timeout: 118.23 } })).toBe('351.3 ± 118');
    expect(formatFailures('timeout', { failures: { timeout: 5 / 3 }, failureHalfWidths: { timeout: 3.79 } })).toBe('1.667 ± 3.8');
    expect(formatFailures('timeout', { failures: { timeout: 123_456.5 }, failureHalfWidths: { timeout: 80 } })).toBe('123457 ± 80');
  });

  it('are not told where there were none', () => {
    expect(formatFailures('timeout', { failures: {} })).toBe('');
  });
});
