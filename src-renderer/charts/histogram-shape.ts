import { bucketOf, bucketStart } from '../../src-shared/base/histogram';
import type { LatencyHistogram } from '../../src-shared/run/result';

/** A bar of a histogram on a logarithmic axis. */
export interface Bar {
  readonly fromMs: number;
  readonly toMs: number;
  readonly count: number;
  /** Share of all requests that stayed below `toMs`. */
  readonly below: number;
  /** Requests for each unit of the logarithm, relative to the densest bar: what the eye takes as height must not depend on the bar's width. */
  readonly height: number;
}

/** A histogram as it is drawn, and its logarithmic axis in ms. */
export interface HistogramShape {
  readonly bars: readonly Bar[];
  readonly total: number;
  readonly fromMs: number;
  readonly toMs: number;
  /** Powers of ten, and twice and five times them where they are few. */
  readonly ticks: readonly number[];
}

/** Requests without any latency are drawn as if they took this much, since a logarithmic axis has no place for 0: 10 ns. */
const LEAST_MS = 1e-5;

/** Bars that are drawn at most, about: more are thinner than what they show is certain. */
const MOST_BARS = 80;
/** Fine buckets of the engine's histogram in one of a result. */
const FINE = 8;
const NS_PER_MS = 1e6;

/** Place of a bucket of a result among all there are; a little inside it, since its start went through ms. */
const placeOfBucket = (fromMs: number): number => (fromMs <= 0 ? -1 : Math.floor((bucketOf(fromMs * NS_PER_MS * (1 + 1e-9)) - 1) / FINE));

type Buckets = Pick<LatencyHistogram, 'fromMs' | 'toMs' | 'counts'>;

/** The same histogram with two, four, eight … neighbours as one, where it spans more buckets than can be drawn. */
function coarser({ fromMs, toMs, counts }: Buckets): Buckets {
  const places = fromMs.map(placeOfBucket);
  const first = Math.max(0, places.find((place) => place >= 0) ?? 0);
  const spanned = Math.max(1, (places.at(-1) ?? 0) - first + 1);
  const merged = 2 ** Math.max(0, Math.ceil(Math.log2(spanned / MOST_BARS)));
  if (merged === 1) return { fromMs, toMs, counts };
  const groups = new Map<number, number>();
  for (const [index, place] of places.entries()) {
    const group = place < 0 ? -1 : Math.floor(place / merged);
    groups.set(group, (groups.get(group) ?? 0) + (counts[index] ?? 0));
  }
  const startOf = (group: number): number => (group < 0 ? 0 : bucketStart(group * merged * FINE + 1) / NS_PER_MS);
  const keys = [...groups.keys()];
  return { fromMs: keys.map(startOf), toMs: keys.map((group) => (group < 0 ? (toMs[0] ?? 0) : startOf(group + 1))), counts: [...groups.values()] };
}

function ticksWithin(fromMs: number, toMs: number): number[] {
  const decades = Math.log10(toMs / fromMs);
  const steps = decades > 2.2 ? [1] : decades > 0.8 ? [1, 2, 5] : [1, 1.5, 2, 3, 4, 5, 6, 7, 8, 9];
  const ticks: number[] = [];
  for (let power = Math.floor(Math.log10(fromMs)); power <= Math.ceil(Math.log10(toMs)); power++)
    for (const step of steps) {
      const tick = Number((step * 10 ** power).toPrecision(3));
      if (tick >= fromMs && tick <= toMs) ticks.push(tick);
    }
  return ticks;
}

/** Ticks whose words have room: those at 1, 2 and 5 times a power of ten first, then others between them. `span` is what the words of one take. */
export function labelledTicks(ticks: readonly number[], span: (tick: number) => readonly [from: number, to: number]): ReadonlySet<number> {
  const isRound = (tick: number): boolean => /^[125](?:\.0*)?e/.test(tick.toExponential());
  const taken: (readonly [number, number])[] = [];
  const labelled = new Set<number>();
  for (const tick of [...ticks.filter(isRound), ...ticks.filter((each) => !isRound(each))]) {
    const [from, to] = span(tick);
    if (taken.some(([otherFrom, otherTo]) => from < otherTo && otherFrom < to)) continue;
    taken.push([from, to]);
    labelled.add(tick);
  }
  return labelled;
}

/** Bars, cumulative shares and axis of a histogram that is not empty. */
export function shapeOf(histogram: Buckets): HistogramShape {
  const { fromMs, toMs, counts } = coarser(histogram);
  const total = counts.reduce((sum, count) => sum + count, 0);
  let below = 0;
  const raw = counts.map((count, index) => {
    below += count;
    const to = Math.max(toMs[index] ?? 0, LEAST_MS * 1.1);
    const from = Math.max(fromMs[index] ?? 0, LEAST_MS);
    return { fromMs: from, toMs: to, count, below: below / total, density: count / Math.log(to / from) };
  });
  const densest = Math.max(...raw.map(({ density }) => density));
  const bars = raw.map(({ density, ...bar }) => ({ ...bar, height: density / densest }));
  const first = (bars[0]?.fromMs ?? 1) / 1.05;
  const last = (bars.at(-1)?.toMs ?? 1) * 1.05;
  // A single bar, as that of a constant, is not as wide as the axis.
  const [low, high] = last / first < 2 ? [first / 1.5, last * 1.5] : [first, last];
  return { bars, total, fromMs: low, toMs: high, ticks: ticksWithin(low, high) };
}

/** Place of a latency on the axis, 0..1. */
export function placeOn({ fromMs, toMs }: HistogramShape, ms: number): number {
  return Math.log(Math.max(ms, fromMs) / fromMs) / Math.log(toMs / fromMs);
}
