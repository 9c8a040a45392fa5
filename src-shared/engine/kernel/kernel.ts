import { invariant } from '../../base/result';
import { RECORD } from '../layout';
import { kernel as code } from './kernel.wasm';
import { createCalls, type KernelCalls } from './kernel-calls';
import { linked } from './linking';
import * as M from './memory-map';
import { createOutside, type Outside } from './outside';

/**
 * The hot path of the engine: event list, random streams and the life of requests, compiled to WebAssembly from the sources in
 * assembly/ (AssemblyScript, a strict subset of TypeScript). Compiled ahead of time it needs no warming up, is as fast in the tenth
 * engine of a process as in the first, and allocates nothing. All its state lies in one memory, laid out in memory-map.ts and
 * ../layout.ts, that the rest of the engine sees as typed arrays: what happens to requests every time is in the kernel, what is rare
 * or belongs to some plans only is outside and is asked for through {@link Outside}.
 */
export interface Kernel {
  /** Steps of the kernel. Instants and durations are in ns. */
  readonly call: KernelCalls;
  /** What the kernel asks for. Each part of the engine puts its functions here while it is built. */
  readonly outside: Outside;
  /** The whole memory: word `address / 4`, double `address / 8`. */
  readonly words: Int32Array;
  readonly doubles: Float64Array;
  /** The records of layout.ts, as integers and as doubles. */
  readonly records: Int32Array;
  readonly times: Float64Array;
  /** Makes a table of zeros and tells the kernel its address, which it looks up at `table` (P_* of memory-map.ts). */
  int32(table: number, length: number): Int32Array;
  uint32(table: number, length: number): Uint32Array;
  float64(table: number, length: number): Float64Array;
  /** The same with contents. */
  int32From(table: number, values: readonly number[]): Int32Array;
  float64From(table: number, values: readonly number[]): Float64Array;
  /** From now on the kernel asks outside for these steps (STEP_* of memory-map.ts), instead of taking them itself. */
  takeOver(steps: number): void;
}

const PAGE = 65_536;
/** Most pages that a 32-bit memory can have. */
const MOST_PAGES = 65_536;

/** What is needed of WebAssembly, which every host has and no library of the language itself describes. */
interface WebAssemblyApi {
  readonly Memory: new (size: { initial: number }) => { readonly buffer: ArrayBuffer };
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
}
const { WebAssembly: wasm } = globalThis as unknown as { readonly WebAssembly: WebAssemblyApi };

/** The kernel as it was linked and compiled last: engines of the same plan, one after the other, share it. */
let latest: { readonly facts: string; readonly module: object } | null = null;

function compiled(words: Int32Array): object {
  const facts = words.subarray(M.FACTS >> 2, M.FACTS_END >> 2).join();
  if (latest?.facts !== facts) latest = { facts, module: new wasm.Module(linked(code, words)) };
  return latest.module;
}

/**
 * Builds a kernel with room for this many records, and for tables of so many bytes. What is not used is never touched. The first call
 * of a step settles the facts of the plan (FACTS of memory-map.ts): from then on there are no more tables, and no more steps to take over.
 */
export function createKernel(recordCount: number, tableBytes: number): Kernel {
  const tablesFrom = M.RECORDS + recordCount * RECORD * 4;
  const pages = Math.ceil((tablesFrom + tableBytes) / PAGE);
  invariant(pages <= MOST_PAGES, 'the records and tables of an engine fit into its memory');
  const memory = new wasm.Memory({ initial: pages });
  const { buffer } = memory;
  const words = new Int32Array(buffer);
  const outside = createOutside();
  let instance: KernelCalls | null = null;
  const link = (): KernelCalls => {
    instance = new wasm.Instance(compiled(words), { env: { memory }, outside: outside.imports }).exports as KernelCalls;
    return instance;
  };
  let next = tablesFrom;
  const place = (table: number, bytes: number): number => {
    invariant(instance === null, 'the tables of an engine are laid out before its first step');
    const address = next;
    // Rows of statistics begin with a cache line.
    next += Math.ceil(bytes / 64) * 64;
    invariant(next <= buffer.byteLength, 'the tables of an engine fit into the room that was reserved for them');
    words[table >> 2] = address;
    return address;
  };
  const int32 = (table: number, length: number): Int32Array => new Int32Array(buffer, place(table, length * 4), length);
  const float64 = (table: number, length: number): Float64Array => new Float64Array(buffer, place(table, length * 8), length);
  return {
    call: createCalls(() => instance ?? link()),
    outside: outside.functions,
    words,
    doubles: new Float64Array(buffer),
    records: new Int32Array(buffer, M.RECORDS, recordCount * RECORD),
    times: new Float64Array(buffer, M.RECORDS, (recordCount * RECORD) / 2),
    int32,
    uint32: (table, length) => new Uint32Array(buffer, place(table, length * 4), length),
    float64,
    int32From(table, values) {
      const array = int32(table, values.length);
      array.set(values);
      return array;
    },
    float64From(table, values) {
      const array = float64(table, values.length);
      array.set(values);
      return array;
    },
    takeOver(steps) {
      invariant(instance === null, 'steps of the kernel are taken over before its first step');
      words[M.TAKEN_OVER >> 2] |= steps;
    },
  };
}
