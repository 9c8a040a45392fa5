import type { Core } from './core';
import * as L from './layout';
import type { StretchHistograms } from './telemetry-spans';

/**
 * What a collector shows of one part, by column: requests per s, share of them that failed and busy share of the servers by the
 * latest report of each instance; percentiles (ms) of the spans processed in the latest stretch, and how many these were; age of
 * the newest report (ms); the true percentiles of the requests that ended in the same stretch. NaN: nothing known.
 */
export const VIEW_COLUMNS = [
  'seenPerS',
  'seenFailureShare',
  'seenUtilisation',
  'seenP50Ms',
  'seenP95Ms',
  'seenP99Ms',
  'spans',
  'ageMs',
  'trueP50Ms',
  'trueP95Ms',
  'trueP99Ms',
] as const;
const NS_PER_MS = 1e6;
const QUANTILES = [0.5, 0.95, 0.99] as const;
const WIDTH = VIEW_COLUMNS.length;
/** A report stands until the next one of the instance is there, at most for this many intervals. */
const STANDS_FOR = 3;

/** What the collectors of a plan show, one row for each link to one of them. */
export interface TelemetryView {
  readonly rows: number;
  /** Writes VIEW_COLUMNS of a row as they are now. */
  read(row: number, out: Float64Array, at: number): void;
  /** A report has been processed: `told` is what it tells, completed, failed, busy and present servers over time, and about how long. */
  takeReport(slot: number, at: number, told: Float64Array): void;
  /** A stretch of time is over: its percentiles are shown from now on. */
  closeStretch(row: number): void;
  reset(): void;
}

/** Where the view finds what belongs to a row. */
export interface ViewSources {
  /** Slots of row r: slotBase[r] .. slotBase[r + 1]. */
  readonly slotBase: Int32Array;
  interval(row: number): number;
  readonly seen: StretchHistograms;
  readonly truth: StretchHistograms;
}

/** Builds the view of a plan's collectors. */
export function createTelemetryView(core: Core, { slotBase, interval, seen, truth }: ViewSources): TelemetryView {
  const { telemetry } = core;
  const { clock } = core.list;
  const rows = slotBase.length - 1;
  const slots = slotBase[rows];
  const completed = new Float64Array(slots);
  const failed = new Float64Array(slots);
  const busy = new Float64Array(slots);
  const capacity = new Float64Array(slots);
  const about = new Float64Array(slots);
  /** When the latest report was processed, and the instant that it describes; -1: none. */
  const cameAt = new Float64Array(slots).fill(-1);
  const describes = new Float64Array(slots).fill(-1);
  const shownSeen = new Float64Array(rows * QUANTILES.length).fill(NaN);
  const shownTrue = new Float64Array(rows * QUANTILES.length).fill(NaN);
  const shownSpans = new Float64Array(rows).fill(NaN);
  return {
    rows,
    read(row, out, at) {
      let rate = 0;
      let failures = 0;
      let requests = 0;
      let working = 0;
      let servers = 0;
      let known = 0;
      for (let slot = slotBase[row]; slot < slotBase[row + 1]; slot++) {
        if (cameAt[slot] < 0 || clock[0] - cameAt[slot] > STANDS_FOR * interval(row)) continue;
        known++;
        rate += (completed[slot] / about[slot]) * 1e9;
        failures += failed[slot] / about[slot];
        requests += (completed[slot] + failed[slot]) / about[slot];
        working += busy[slot] / about[slot];
        servers += capacity[slot] / about[slot];
      }
      out[at] = known > 0 ? rate : NaN;
      out[at + 1] = requests > 0 ? failures / requests : NaN;
      out[at + 2] = servers > 0 ? working / servers : NaN;
      for (let i = 0; i < QUANTILES.length; i++) {
        out[at + 3 + i] = shownSeen[row * QUANTILES.length + i] / NS_PER_MS;
        out[at + 8 + i] = shownTrue[row * QUANTILES.length + i] / NS_PER_MS;
      }
      out[at + 6] = shownSpans[row];
      out[at + 7] = known > 0 ? (clock[0] - telemetry[row * L.TELEMETRY_STATS + L.E_NEWEST]) / NS_PER_MS : NaN;
    },
    takeReport(slot, at, told) {
      // Reports may overtake each other on a link with jitter.
      if (at < describes[slot]) return;
      describes[slot] = at;
      cameAt[slot] = clock[0];
      completed[slot] = told[0];
      failed[slot] = told[1];
      busy[slot] = told[2];
      capacity[slot] = told[3];
      about[slot] = told[4];
    },
    closeStretch(row) {
      shownSpans[row] = seen.close(row, QUANTILES, shownSeen, row * QUANTILES.length);
      truth.close(row, QUANTILES, shownTrue, row * QUANTILES.length);
    },
    reset() {
      cameAt.fill(-1);
      describes.fill(-1);
      shownSeen.fill(NaN);
      shownTrue.fill(NaN);
      shownSpans.fill(NaN);
      seen.reset();
      truth.reset();
    },
  };
}

/** What the collectors show now, row after row. */
export function shownBy(view: TelemetryView): Float64Array {
  const out = new Float64Array(view.rows * WIDTH);
  for (let row = 0; row < view.rows; row++) view.read(row, out, row * WIDTH);
  return out;
}
