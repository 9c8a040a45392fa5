import { describe, expect, it } from 'vitest';
import { rowAfter } from './row-keys';

describe('rowAfter', () => {
  it('leads by rows and pages, and no further than the ends', () => {
    expect(rowAfter('ArrowDown', 3, 10, 4)).toBe(4);
    expect(rowAfter('ArrowUp', 0, 10, 4)).toBe(0);
    expect(rowAfter('PageDown', 7, 10, 4)).toBe(9);
    expect(rowAfter('PageUp', 7, 10, 4)).toBe(3);
    expect([rowAfter('Home', 7, 10, 4), rowAfter('End', 2, 10, 4)]).toEqual([0, 9]);
    expect(rowAfter('Enter', 2, 10, 4)).toBeNull();
  });
});
