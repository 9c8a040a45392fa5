import { describe, expect, it } from 'vitest';
import { unbroken } from './unbroken';

describe('unbroken', () => {
  it('joins numbers and their units, and nothing else', () => {
    const shown = (text: string): string => unbroken(text).replaceAll('\u00a0', '_');
    expect(shown('p95 114 ± 1.7 ms, bound ≤ 200 ms; 26.9 % of the bound left')).toBe('p95 114_± 1.7_ms, bound ≤ 200_ms; 26.9_% of the bound left');
    expect(shown('300 req/s completed, from 21 s to 30 s, 2 min')).toBe('300_req/s completed, from 21_s to 30_s, 2_min');
    expect(shown('8 servers, 5 h and 3 hosts of 4 minutes')).toBe('8 servers, 5_h and 3 hosts of 4 minutes');
  });
});
