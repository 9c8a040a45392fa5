import type { Column } from '../run/series';

/** Points in a block. */
export const BLOCK = 64;

/** What a chart needs to know of the complete blocks of a column, so that a million points need not be looked at again for every drawing. */
interface Blocks {
  /** Lowest and highest value of each block and their indices in the column; -1 where the block has no value. */
  readonly low: number[];
  readonly lowAt: number[];
  readonly high: number[];
  readonly highAt: number[];
  readonly sum: number[];
  readonly samples: number[];
}

/** Columns only ever grow at their end: what was summed up of them stays true. */
const known = new WeakMap<Column, Blocks>();

function blocksOf(column: Column): Blocks {
  let blocks = known.get(column);
  if (blocks === undefined) {
    blocks = { low: [], lowAt: [], high: [], highAt: [], sum: [], samples: [] };
    known.set(column, blocks);
  }
  for (let block = blocks.low.length, end = Math.floor(column.length / BLOCK); block < end; block++) {
    const scan = emptyScan();
    scanPoints(column, block * BLOCK, (block + 1) * BLOCK, scan);
    blocks.low.push(scan.low);
    blocks.lowAt.push(scan.lowAt);
    blocks.high.push(scan.high);
    blocks.highAt.push(scan.highAt);
    blocks.sum.push(scan.sum);
    blocks.samples.push(scan.samples);
  }
  return blocks;
}

/** What a stretch of a column comes to. */
export interface Scan {
  low: number;
  /** Index of the first lowest value; -1 where there is no value. */
  lowAt: number;
  high: number;
  highAt: number;
  sum: number;
  samples: number;
}

/** A scan of nothing. */
function emptyScan(): Scan {
  return { low: Number.POSITIVE_INFINITY, lowAt: -1, high: Number.NEGATIVE_INFINITY, highAt: -1, sum: 0, samples: 0 };
}

function scanPoints(column: Column, from: number, to: number, scan: Scan): void {
  for (let index = from; index < to; index++) {
    const value = column[index];
    if (value == null) continue;
    scan.sum += value;
    scan.samples++;
    if (value < scan.low) {
      scan.low = value;
      scan.lowAt = index;
    }
    if (value > scan.high) {
      scan.high = value;
      scan.highAt = index;
    }
  }
}

/** Lowest and highest value, sum and number of the values in [from, to) of a column; by whole blocks where the stretch begins and goes on in such. */
export function scanOf(column: Column, from: number, to: number): Scan {
  const scan = emptyScan();
  let index = from;
  if (from % BLOCK === 0 && to - from >= BLOCK) {
    const blocks = blocksOf(column);
    for (const last = Math.min(Math.floor(to / BLOCK), blocks.low.length); index / BLOCK < last; index += BLOCK) {
      const block = index / BLOCK;
      const samples = blocks.samples[block] as number;
      if (samples === 0) continue;
      scan.sum += blocks.sum[block] as number;
      scan.samples += samples;
      if ((blocks.low[block] as number) < scan.low) {
        scan.low = blocks.low[block] as number;
        scan.lowAt = blocks.lowAt[block] as number;
      }
      if ((blocks.high[block] as number) > scan.high) {
        scan.high = blocks.high[block] as number;
        scan.highAt = blocks.highAt[block] as number;
      }
    }
  }
  scanPoints(column, index, to, scan);
  return scan;
}
