import { mix, nextUniform, seedStream } from '../base/random';
import { REASON_OK } from '../engine/layout';
import type { Plan } from '../engine/plan';
import type { RawTrace, TraceMemory } from '../engine/trace-memory';
import type { TraceOptions, TracePick } from '../protocol/trace';

/** Requests that are longest under way at the end, of each operation. */
const UNDER_WAY = 10;
/** Requests kept for each latency that was asked for. */
const NEAREST = 3;
const NS_PER_MS = 1e6;

/** A request that was chosen, and why. */
export interface ChosenTrace {
  readonly trace: RawTrace;
  readonly picks: readonly TracePick[];
}

/** Chooses which requests are kept. It keeps at most a number for each reason to keep one, whatever the length of the run. */
export interface TraceChoice {
  /** Looks at a request whose record is complete, and copies it where it is wanted. */
  consider(memory: TraceMemory, slot: number): void;
  /** What was kept, in the order in which the requests began. */
  chosen(): ChosenTrace[];
}

/** One request kept for one reason; `rank`: the lower, the sooner it gives way to another one. */
interface Place {
  rank: number;
  trace: RawTrace;
}

/** The `size` requests of highest rank; of equals those that came first. */
class Best {
  readonly places: Place[] = [];
  private readonly size: number;
  constructor(size: number) {
    this.size = size;
  }
  /** Whether a request of this rank would be kept. */
  wants(rank: number): boolean {
    return this.places.length < this.size || (this.size > 0 && rank > (this.places[0] as Place).rank);
  }
  /** Lowest rank first; of equals the latest stands before the earlier ones, since it goes first. */
  add(rank: number, trace: RawTrace): void {
    let at = 0;
    while (at < this.places.length && (this.places[at] as Place).rank < rank) at++;
    this.places.splice(at, 0, { rank, trace });
    if (this.places.length > this.size) this.places.shift();
  }
}

/** An even sample of a stream (Algorithm R; J. Vitter, "Random Sampling with a Reservoir", 1985). */
class Reservoir {
  readonly traces: RawTrace[] = [];
  private seen = 0;
  private readonly size: number;
  private readonly draw: () => number;
  constructor(size: number, draw: () => number) {
    this.size = size;
    this.draw = draw;
  }
  /** The place that the next of the stream takes; -1: none. */
  place(): number {
    this.seen++;
    if (this.traces.length < this.size) return this.traces.length;
    const at = Math.floor(this.draw() * this.seen);
    return at < this.size ? at : -1;
  }
}

/** Builds the choice for a run of a plan. Its random numbers are a stream of its own, which nothing in the model reads. */
export function createTraceChoice(plan: Plan, seed: number, options: TraceOptions): TraceChoice {
  const state = new Int32Array(4);
  seedStream(state, 0, seed, 0, 'traces');
  const draw = (): number => nextUniform(state, 0);
  const sampleSeed = new Int32Array(4);
  seedStream(sampleSeed, 0, seed, 0, 'traces/sample');
  /** The head decides: whether a request is sampled depends on its number alone, and not on what becomes of it. */
  const isSampled = (number: number): boolean =>
    options.sampleRate > 0 && (mix((sampleSeed[0] as number) ^ Math.imul(number + 1, 0x9e3779b1)) >>> 0) / 4294967296 < options.sampleRate;
  const warmUp = options.warmUpMs * NS_PER_MS;
  const interval = plan.duration / plan.seriesPoints;
  const slowest = plan.operations.map(() => new Best(options.slowest));
  const longest = plan.operations.map(() => new Best(UNDER_WAY));
  const nearest = options.nearMs.map(() => new Best(NEAREST));
  const stalest = new Best(options.stale);
  const failures = new Map<number, Reservoir>();
  const sample = new Reservoir(options.sampleLimit, draw);
  const slowestOf: (Place | undefined)[] = [];
  const failureOf: (RawTrace | undefined)[] = [];

  return {
    consider(memory, slot) {
      const begin = memory.beginOf[slot] as number;
      const end = memory.endOf[slot] as number;
      const reason = memory.reasonOf[slot] as number;
      const operation = memory.operationOf[slot] as number;
      let copy: RawTrace | null = null;
      const trace = (): RawTrace => {
        copy ??= memory.read(slot);
        return copy;
      };
      const offer = (best: Best | undefined, rank: number): void => {
        if (best?.wants(rank) === true) best.add(rank, trace());
      };
      if (isSampled(memory.numberOf[slot] as number)) {
        const place = sample.place();
        if (place >= 0) sample.traces[place] = trace();
      }
      if (end === Infinity) {
        offer(longest[operation], -begin);
        return;
      }
      // A point of the series describes what ended up to its instant.
      const index = Math.max(0, Math.ceil(end / interval) - 1);
      if (reason !== REASON_OK) {
        let reservoir = failures.get(reason);
        if (reservoir === undefined) {
          reservoir = new Reservoir(options.failed, draw);
          failures.set(reason, reservoir);
        }
        const place = reservoir.place();
        if (place >= 0) reservoir.traces[place] = trace();
        failureOf[index] ??= trace();
        return;
      }
      const latency = end - begin;
      const before = slowestOf[index];
      if (before === undefined || latency > before.rank) slowestOf[index] = { rank: latency, trace: trace() };
      if (end < warmUp) return;
      const stale = memory.staleOf[slot] as number;
      if (stale >= 0) offer(stalest, stale);
      offer(slowest[operation], latency);
      for (const [at, ms] of options.nearMs.entries()) offer(nearest[at], -Math.abs(latency - ms * NS_PER_MS));
    },
    chosen() {
      const found = new Map<number, { trace: RawTrace; picks: TracePick[] }>();
      const take = (trace: RawTrace | undefined, pick: TracePick): void => {
        if (trace === undefined) return;
        const known = found.get(trace.number);
        if (known === undefined) found.set(trace.number, { trace, picks: [pick] });
        else if (!known.picks.includes(pick)) known.picks.push(pick);
      };
      for (const best of slowest) for (const { trace } of best.places) take(trace, 'slowest');
      for (const { traces } of failures.values()) for (const trace of traces) take(trace, 'failed');
      for (const { trace } of stalest.places) take(trace, 'stale');
      for (const best of nearest) for (const { trace } of best.places) take(trace, 'near');
      for (const place of slowestOf) take(place?.trace, 'interval');
      for (const trace of failureOf) take(trace, 'interval');
      for (const trace of sample.traces) take(trace, 'sample');
      for (const best of longest) for (const { trace } of best.places) take(trace, 'under-way');
      return [...found.values()].sort((one, other) => one.trace.number - other.trace.number);
    },
  };
}
