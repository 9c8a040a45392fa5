import { describe, expect, it } from 'vitest';
import { clientParams } from '../../src-shared/kinds/client/client-params';
import { serviceParams } from '../../src-shared/kinds/service/service-params';
import { hasTextRows, readRows, writeRows } from './read-rows';

const trace = clientParams.trace.fields!;
const operations = clientParams.operations.fields!;

describe('readRows', () => {
  it('reads rows apart by commas, semicolons or tabs, with units or without', () => {
    const expected = { ok: true, value: [expect.objectContaining({ atMs: 0, workMs: 10 }), expect.objectContaining({ atMs: 1500, workMs: 0.25 })] };
    expect(readRows('0,10\n1500,0.25', trace)).toEqual(expected);
    expect(readRows('0 ms;10 ms\n1.5 s;250 µs\n', trace)).toEqual(expected);
    expect(readRows('At\tWork\n0\t10\n1500\t0.25', trace)).toEqual(expected);
  });
  it('gives columns that are left out their defaults', () => {
    expect(readRows('buy,3,write', operations)).toEqual({
      ok: true,
      value: [{ name: 'buy', weight: 3, type: 'write', requestBytes: 1000, responseBytes: 10_000, priority: 1, items: 1000, itemSkew: 0 }],
    });
  });
  it('names the line and the column of what it cannot read', () => {
    expect(readRows('0,10\nsoon,10', trace)).toMatchObject({ ok: false, error: expect.stringContaining('Line 2, At: "soon" is not a number') });
    expect(readRows('buy,3,steal', operations)).toEqual({ ok: false, error: 'Line 1, Type: "steal" is none of read, write.' });
    expect(readRows('buy,-1', operations)).toMatchObject({ ok: false, error: expect.stringContaining('Line 1, Weight: Allowed is') });
    expect(readRows('1,2,3,4,5,6,7,8', trace)).toMatchObject({ ok: false });
  });
  it('reads back what it writes', () => {
    const rows = [
      { name: 'view, "fast"', weight: 1, type: 'read', requestBytes: 1, responseBytes: 2, priority: 0, items: 5, itemSkew: 0.99 },
      { name: 'buy', weight: 0.5, type: 'write', requestBytes: 1000, responseBytes: 0, priority: 7, items: 1000, itemSkew: 0 },
    ];
    expect(readRows(writeRows(rows, operations), operations)).toEqual({ ok: true, value: rows });
  });
  it('knows which lists are more than text', () => {
    expect(hasTextRows(operations)).toBe(true);
    expect(hasTextRows(serviceParams.perOperation.fields!)).toBe(false);
  });
});
