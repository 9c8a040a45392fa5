import { expect, test } from 'vitest';
import { kernel } from './kernel.wasm';
import { countLookups, linked } from './linking';
import { FACTS, FACTS_END, NEEDS, P_NODES } from './memory-map';

/** Constants of the instruction `i32.const` in six bytes, as linking writes them, wherever their bytes stand. */
function count(code: Uint8Array, bytes: readonly number[]): number {
  let hits = 0;
  for (let i = 0; i + bytes.length <= code.length; i++) if (bytes.every((byte, k) => code[i + k] === byte)) hits++;
  return hits;
}

test('linking writes every fact into the code, and changes nothing but its lookups', () => {
  const words = new Int32Array(FACTS_END / 4);
  words[NEEDS >> 2] = -1;
  words[P_NODES >> 2] = 0x12345678;
  const code = linked(kernel, words);
  expect(countLookups(kernel)).toBeGreaterThan(200);
  expect(countLookups(code)).toBe(0);
  expect(code.length).toBe(kernel.length);
  const lookupOf = (address: number) => [0x41, (address & 0x7f) | 0x80, address >> 7, 0x28, 0x02, 0x00];
  expect(count(kernel, lookupOf(NEEDS))).toBeGreaterThan(0);
  expect(count(code, [0x41, 0xff, 0xff, 0xff, 0xff, 0x7f])).toBe(count(kernel, lookupOf(NEEDS)));
  expect(count(code, [0x41, 0xf8, 0xac, 0xd1, 0x91, 0x01])).toBe(count(kernel, lookupOf(P_NODES)));
  let changed = 0;
  for (let i = 0; i < code.length; i++) if (code[i] !== kernel[i]) changed++;
  expect(changed).toBeLessThanOrEqual(5 * countLookups(kernel));
  expect(FACTS).toBeGreaterThanOrEqual(128);
});
