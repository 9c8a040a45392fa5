/** One point of a load-latency curve: throughput in req/s and mean latency in ms at a load (in whatever unit the load has). */
export interface LoadPoint {
  readonly load: number;
  readonly throughput: number;
  readonly latencyMs: number;
}

/** The knee of a load-latency curve. */
export interface Knee {
  readonly load: number;
  /** Points below and above which the knee lies. */
  readonly between: readonly [number, number];
}

/**
 * Power of a point, throughput divided by latency: what is gained for what is waited. It rises while load is cheap, falls when waiting
 * grows faster than throughput, and its peak is the knee. L. Kleinrock, Power and deterministic rules of thumb for probabilistic problems
 * in computer communications, ICC 1979; R. Jain, The Art of Computer Systems Performance Analysis, 1991, section 3.3.
 */
export function powerOf({ throughput, latencyMs }: LoadPoint): number {
  return latencyMs > 0 ? throughput / latencyMs : 0;
}

/** Index of the point with the greatest power, or -1 where there is none; the first of equal ones. */
export function strongestPoint(points: readonly LoadPoint[]): number {
  let best = -1;
  for (let index = 0; index < points.length; index++) if (best === -1 || powerOf(points[index] as LoadPoint) > powerOf(points[best] as LoadPoint)) best = index;
  return best;
}

/**
 * The knee of points in the order of their load: the peak of the parabola through the point of greatest power and its two neighbours.
 * Null where the greatest power stands at an end, so that the knee lies outside of what was measured. Exact for M/M/1, whose power
 * λ(μ − λ) is a parabola with its peak at half of capacity.
 */
export function findKnee(points: readonly LoadPoint[]): Knee | null {
  const best = strongestPoint(points);
  const [left, peak, right] = [points[best - 1], points[best], points[best + 1]];
  if (left === undefined || peak === undefined || right === undefined) return null;
  const [x0, x1, x2] = [left.load, peak.load, right.load];
  const [y0, y1, y2] = [powerOf(left), powerOf(peak), powerOf(right)];
  // Vertex by successive parabolic interpolation (R. P. Brent, Algorithms for Minimization without Derivatives, 1973, chapter 5).
  const p = (x1 - x0) * (x1 - x0) * (y1 - y2) - (x1 - x2) * (x1 - x2) * (y1 - y0);
  const q = (x1 - x0) * (y1 - y2) - (x1 - x2) * (y1 - y0);
  const load = q === 0 ? x1 : x1 - p / (2 * q);
  return { load: Math.min(Math.max(load, x0), x2), between: [x0, x2] };
}
