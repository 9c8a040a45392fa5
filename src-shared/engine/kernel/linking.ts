import { FACTS, FACTS_END } from './memory-map';

/**
 * Facts of a plan and addresses of its tables (FACTS of memory-map.ts) are settled before the kernel takes its first step. Written into
 * its code as constants they cost nothing at every request, and the compiler of the host drops the ways that a plan does not go.
 *
 * In the code a fact is `i32.const ADDRESS; i32.load align=2 offset=0`, in bytes 41 LL LL 28 02 00, since the addresses take two bytes as
 * LEB128 numbers. `i32.const FACT` has the same length where the number is padded to five bytes, which the format allows
 * (WebAssembly Core Specification, 5.2.2), so that nothing else in the code has to move.
 */
const CONSTANT = 0x41;
const LOAD = [0x28, 0x02, 0x00];
const LENGTH = 6;

/** Each place in the code at which a fact is looked up, with the address of the fact. */
function* lookups(code: Uint8Array): Generator<readonly [place: number, address: number]> {
  for (let i = 0; i + LENGTH <= code.length; i++) {
    if (code[i] !== CONSTANT || LOAD.some((byte, k) => code[i + 3 + k] !== byte)) continue;
    const low = code[i + 1] as number;
    const high = code[i + 2] as number;
    if (low < 0x80 || high >= 0x40) continue;
    const address = (low & 0x7f) | (high << 7);
    if (address >= FACTS && address < FACTS_END) yield [i, address];
  }
}

/** Number of places in the code at which a fact is looked up. */
export function countLookups(code: Uint8Array): number {
  return [...lookups(code)].length;
}

/** The code of the kernel with the facts that stand in its memory as constants. `words`: the memory as 32-bit integers. */
export function linked(code: Uint8Array, words: Int32Array): Uint8Array {
  const own = code.slice();
  for (const [place, address] of lookups(code)) {
    let fact = words[address >> 2] as number;
    for (let k = 1; k < LENGTH - 1; k++) {
      own[place + k] = (fact & 0x7f) | 0x80;
      fact >>= 7;
    }
    own[place + LENGTH - 1] = fact & 0x7f;
  }
  return own;
}
