import type { AxisValue } from '../project/sweep-points';
import { findKnee, type Knee, powerOf, strongestPoint } from './knee';
import type { SweepHeader, SweepPointResult } from './sweep-result';
import { fitUsl, USL_POINTS, type UslFit } from './usl-fit';

/** Latency against load. */
export interface LoadLatency {
  readonly points: readonly {
    /** Value on the axis. */
    readonly load: number;
    readonly offeredRate: number;
    readonly throughput: number;
    readonly latencyMeanMs: number;
    readonly latencyP95Ms: number | null;
    readonly latencyP99Ms: number | null;
    /** Throughput divided by mean latency, req/s per ms. */
    readonly power: number;
  }[];
  /** Where power is greatest; null where that is at an end of the axis. */
  readonly knee: Knee | null;
}

/** Throughput against the number of something. */
export interface Scalability {
  readonly points: readonly {
    readonly size: number;
    readonly throughput: number;
    /** Whether the offered load, and not the size, set the throughput: such points say nothing of capacity and are left out of the fit. */
    readonly limitedByLoad: boolean;
  }[];
  /** Null where fewer than four points show the capacity. */
  readonly fit: UslFit | null;
}

/** Growth of the offered load from the least to the greatest below which an axis is no load. */
const LOAD_GROWS = 1.2;
/** Share of the offered load that a point must fall short of, or fail, before it shows its capacity. */
const SATURATED = 0.02;
const LOAD_SAME = 1.05;

interface Valued {
  readonly value: number;
  readonly offered: number;
  readonly throughput: number;
  readonly point: SweepPointResult;
}

/** Points of a sweep with one axis of numbers, in the order of the axis; of points with equal values the last. Empty for any other sweep. */
function numericPoints(header: Pick<SweepHeader, 'axes'>, points: readonly SweepPointResult[]): Valued[] {
  if (header.axes.length !== 1) return [];
  const found = new Map<number, Valued>();
  for (const point of points) {
    const [value] = point.values;
    const { offeredRate, throughput } = point.endToEnd.metrics;
    if (typeof value !== 'number') return [];
    if (offeredRate !== undefined && throughput !== undefined) found.set(value, { value, offered: offeredRate, throughput, point });
  }
  return [...found.values()].sort((a, b) => a.value - b.value);
}

/** The load-latency curve of a sweep: null where its axis does not raise the offered load. */
export function loadLatencyOf(header: Pick<SweepHeader, 'axes'>, results: readonly SweepPointResult[]): LoadLatency | null {
  const points = numericPoints(header, results).flatMap(({ value, offered, throughput, point }) => {
    const { latencyMeanMs, latencyP95Ms, latencyP99Ms } = point.endToEnd.metrics;
    return latencyMeanMs === undefined
      ? []
      : [
          {
            load: value,
            offeredRate: offered,
            throughput,
            latencyMeanMs,
            latencyP95Ms: latencyP95Ms ?? null,
            latencyP99Ms: latencyP99Ms ?? null,
            power: powerOf({ load: value, throughput, latencyMs: latencyMeanMs }),
          },
        ];
  });
  const offered = points.map((point) => point.offeredRate);
  const [first, last] = [offered[0] ?? 0, offered[offered.length - 1] ?? 0];
  if (points.length < 3 || last < LOAD_GROWS * first || last < Math.max(...offered) / LOAD_GROWS) return null;
  return { points, knee: findKnee(points.map(({ load, throughput, latencyMeanMs }) => ({ load, throughput, latencyMs: latencyMeanMs }))) };
}

/** The scalability curve of a sweep: null where its axis counts nothing. */
export function scalabilityOf(header: Pick<SweepHeader, 'axes' | 'settings'>, results: readonly SweepPointResult[]): Scalability | null {
  const valued = numericPoints(header, results).filter(({ value }) => value > 0);
  if (header.axes[0]?.whole !== true || valued.length < USL_POINTS) return null;
  const offered = valued.map((point) => point.offered);
  // Closed workloads offer what is served: their load is set by the size itself.
  const fixed = Math.max(...offered) <= LOAD_SAME * Math.min(...offered);
  const points = valued.map(({ value, offered: rate, throughput, point }) => ({
    size: value,
    throughput,
    limitedByLoad: fixed && throughput >= (1 - SATURATED) * rate && (point.endToEnd.metrics.failureShare ?? 0) < SATURATED,
  }));
  return {
    points,
    fit: fitUsl(
      points.filter(({ limitedByLoad }) => !limitedByLoad),
      header.settings.confidence,
    ),
  };
}

/**
 * Values to add near the knee: the middles between the point of greatest power and its neighbours, at most `count`; whole numbers where
 * the axis counts things. Empty where the axis is no load, or where there is nothing between.
 */
export function refinedValues(header: Pick<SweepHeader, 'axes'>, results: readonly SweepPointResult[], count: number): readonly AxisValue[] {
  const curve = loadLatencyOf(header, results);
  if (curve === null) return [];
  const { points } = curve;
  const best = strongestPoint(points.map(({ load, throughput, latencyMeanMs }) => ({ load, throughput, latencyMs: latencyMeanMs })));
  const whole = header.axes[0]?.whole === true;
  const taken = new Set(points.map(({ load }) => load));
  return [best - 1, best]
    .flatMap((index) => {
      const [left, right] = [points[index], points[index + 1]];
      if (left === undefined || right === undefined) return [];
      const middle = (left.load + right.load) / 2;
      const value = whole ? Math.floor(middle) : Number(middle.toPrecision(12));
      return taken.has(value) ? [] : [value];
    })
    .slice(0, count);
}
