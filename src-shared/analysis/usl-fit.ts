import { intervalFactor } from '../base/statistics/intervals';

/** A parameter with the half-width of its interval; null where the estimate stands at the bound of 0, or nothing is left to tell the error from. */
export interface Estimate {
  readonly value: number;
  readonly halfWidth: number | null;
}

/** A fit of the Universal Scalability Law X(N) = γN / (1 + α(N − 1) + βN(N − 1)). */
export interface UslFit {
  /** Throughput of one, in the unit of the measurements. */
  readonly gamma: Estimate;
  /** Contention: the share of the work that is serial. */
  readonly alpha: Estimate;
  /** Coherency: what each pair costs. */
  readonly beta: Estimate;
  /** Size at which throughput is greatest, √((1 − α) / β); null where it never falls. */
  readonly peakSize: number | null;
  /** Throughput that no size exceeds: at the peak, or γ/α in the limit; null where it grows without bound. */
  readonly peakThroughput: number | null;
  /** Share of the variance explained, 0..1. */
  readonly rSquared: number;
}

/** Fewest points that leave a degree of freedom for the error of three parameters. */
export const USL_POINTS = 4;

const STEPS = 500;

/** Whether an estimate differs from 0 by more than its interval: only then does what follows from it hold. */
export function isSure({ value, halfWidth }: Estimate): boolean {
  return halfWidth !== null && value > halfWidth;
}

/** Throughput by the law at a size. */
export function uslThroughput(size: number, gamma: number, alpha: number, beta: number): number {
  return (gamma * size) / (1 + alpha * (size - 1) + beta * size * (size - 1));
}

/**
 * Fits the law to measured throughputs by nonlinear least squares with α and β at least 0. The law: N. J. Gunther, Guerrilla Capacity
 * Planning, 2007, chapters 4 and 6. The method: D. W. Marquardt, SIAM Journal 11, 1963; intervals by linearisation at the solution:
 * G. A. F. Seber and C. J. Wild, Nonlinear Regression, 1989, section 5.1. Null with fewer than four different sizes or without throughput.
 */
export function fitUsl(points: readonly { readonly size: number; readonly throughput: number }[], confidence: number): UslFit | null {
  const sizes = new Set(points.map(({ size }) => size));
  if (sizes.size < USL_POINTS || points.some(({ size, throughput }) => !(size > 0) || !(throughput >= 0))) return null;
  const scale = Math.max(...points.map(({ throughput }) => throughput));
  if (!(scale > 0)) return null;
  // Throughput in units of its maximum, so that the three parameters are of like size.
  const data = points.map(({ size, throughput }) => ({ size, y: throughput / scale }));
  const candidates = STARTS.map((start) => descend(data, [Math.max(...data.map(({ size, y }) => y / size)), ...start]));
  const best = candidates.reduce((least, candidate) => (candidate.error < least.error ? candidate : least));
  const [gamma, alpha, beta] = best.values as [number, number, number];
  const free = [0, 1, 2].filter((index) => index === 0 || (best.values[index] as number) > 0);
  const halfWidths = intervalsOf(data, best, free, confidence);
  const estimate = (index: number, unit: number): Estimate => ({
    value: (best.values[index] as number) * unit,
    halfWidth: halfWidths[index] === null || halfWidths[index] === undefined ? null : (halfWidths[index] as number) * unit,
  });
  const mean = data.reduce((sum, { y }) => sum + y, 0) / data.length;
  const spread = data.reduce((sum, { y }) => sum + (y - mean) * (y - mean), 0);
  const peakSize = beta > 0 && alpha < 1 ? Math.sqrt((1 - alpha) / beta) : beta > 0 ? 1 : null;
  return {
    gamma: estimate(0, scale),
    alpha: estimate(1, 1),
    beta: estimate(2, 1),
    peakSize,
    peakThroughput: peakSize !== null ? uslThroughput(peakSize, gamma * scale, alpha, beta) : alpha > 0 ? (gamma * scale) / alpha : null,
    rSquared: spread > 0 ? Math.max(0, 1 - best.error / spread) : best.error < 1e-20 ? 1 : 0,
  };
}

/** Contention and coherency to start from: the sum of squares may have more than one valley. */
const STARTS: readonly (readonly [number, number])[] = [
  [0.01, 0.0001],
  [0.1, 0.001],
  [0.5, 0.01],
  [0.01, 0.05],
  [0, 0],
];

interface Datum {
  readonly size: number;
  readonly y: number;
}

interface Descent {
  readonly values: readonly number[];
  /** Sum of the squared residuals. */
  readonly error: number;
}

function errorOf(data: readonly Datum[], [gamma = 0, alpha = 0, beta = 0]: readonly number[]): number {
  return data.reduce((sum, { size, y }) => {
    const residual = y - uslThroughput(size, gamma, alpha, beta);
    return sum + residual * residual;
  }, 0);
}

/** Derivatives of the law by γ, α and β. */
function gradient(size: number, [gamma = 0, alpha = 0, beta = 0]: readonly number[]): readonly [number, number, number] {
  const below = 1 + alpha * (size - 1) + beta * size * (size - 1);
  const common = (-gamma * size) / (below * below);
  return [size / below, common * (size - 1), common * size * (size - 1)];
}

/** Levenberg and Marquardt's descent with the parameters kept at least 0. */
function descend(data: readonly Datum[], start: readonly number[]): Descent {
  let values = start;
  let error = errorOf(data, values);
  let damping = 1e-3;
  for (let step = 0; step < STEPS && damping < 1e15; step++) {
    // A parameter at its bound takes part only where the descent leads inwards.
    const slope = [0, 0, 0];
    for (const { size, y } of data) {
      const residual = y - uslThroughput(size, values[0] ?? 0, values[1] ?? 0, values[2] ?? 0);
      for (const [index, derivative] of gradient(size, values).entries()) slope[index] = (slope[index] ?? 0) + derivative * residual;
    }
    const free = [0, 1, 2].filter((index) => (values[index] ?? 0) > 0 || (slope[index] ?? 0) > 0);
    const normal = normalMatrix(data, values, free);
    const damped = normal.map((row, i) => row.map((value, j) => (i === j ? value * (1 + damping) + 1e-300 : value)));
    const change = solve(
      damped,
      free.map((index) => slope[index] ?? 0),
    );
    if (change === null) break;
    const next = values.map((value, index) => {
      const place = free.indexOf(index);
      return place === -1 ? value : Math.max(0, value + (change[place] ?? 0));
    });
    const nextError = errorOf(data, next);
    if (nextError < error) {
      const settled = error - nextError <= 1e-15 * error;
      values = next;
      error = nextError;
      damping = Math.max(damping / 10, 1e-12);
      if (settled) break;
    } else damping *= 10;
  }
  return { values, error };
}

function normalMatrix(data: readonly Datum[], values: readonly number[], free: readonly number[]): number[][] {
  const matrix = free.map(() => free.map(() => 0));
  for (const { size } of data) {
    const derivatives = gradient(size, values);
    for (const [i, a] of free.entries())
      for (const [j, b] of free.entries()) (matrix[i] as number[])[j] = (matrix[i]?.[j] ?? 0) + (derivatives[a] ?? 0) * (derivatives[b] ?? 0);
  }
  return matrix;
}

/** Half-widths by parameter, from the linearised law at the solution; null for parameters at their bound. */
function intervalsOf(data: readonly Datum[], { values, error }: Descent, free: readonly number[], confidence: number): (number | null)[] {
  const degrees = data.length - free.length;
  const normal = normalMatrix(data, values, free);
  return [0, 1, 2].map((index) => {
    const place = free.indexOf(index);
    if (place === -1 || degrees < 1) return null;
    const column = solve(
      normal,
      free.map((_, row) => (row === place ? 1 : 0)),
    );
    const variance = column?.[place];
    return variance === undefined || !(variance >= 0) ? null : intervalFactor(degrees + 1, confidence) * Math.sqrt((variance * error) / degrees);
  });
}

/** Solves a small system of linear equations by elimination with pivoting; null where it is singular. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] | null {
  const rows = matrix.map((row, index) => [...row, right[index] ?? 0]);
  const size = rows.length;
  for (let column = 0; column < size; column++) {
    let pivot = column;
    for (let row = column + 1; row < size; row++) if (Math.abs(rows[row]?.[column] ?? 0) > Math.abs(rows[pivot]?.[column] ?? 0)) pivot = row;
    const chosen = rows[pivot] as number[];
    if (!(Math.abs(chosen[column] ?? 0) > 1e-290)) return null;
    rows[pivot] = rows[column] as number[];
    rows[column] = chosen;
    for (let row = 0; row < size; row++) {
      if (row === column) continue;
      const factor = (rows[row]?.[column] ?? 0) / (chosen[column] as number);
      for (let k = column; k <= size; k++) (rows[row] as number[])[k] = (rows[row]?.[k] ?? 0) - factor * (chosen[k] ?? 0);
    }
  }
  return rows.map((row, index) => (row[size] ?? 0) / (row[index] ?? 1));
}
