/** How a grid is searched: every point of it, or along one axis on which more is never worse, by halving. */
export type SearchMethod = 'exhaustive' | 'bisection';

/** A grid of settings: how many values each axis has. Points are numbered with the last axis fastest. */
export interface SearchGrid {
  readonly sizes: readonly number[];
  /** Axis on which a later value never misses an objective that an earlier one meets; null: none is known. */
  readonly monotone: number | null;
}

/** A search under way: asks for points to be judged, several at a time, until it knows enough. */
export interface Search {
  readonly method: SearchMethod;
  /** Points to be judged next; empty when the search is over. All of them must be told before it is asked again. */
  next(): readonly number[];
  /** Tells whether a point meets every objective. */
  tell(point: number, passes: boolean): void;
  /** Points that are known to pass because they were judged, one for each line of the monotone axis (its least that passes), or all. */
  passing(): readonly number[];
}

/** Where one line along the monotone axis stands: values up to `fails` miss an objective, those from `passes` on meet all. */
interface Line {
  readonly first: number;
  readonly stride: number;
  fails: number;
  passes: number;
}

/** Starts a search of a grid. */
export function createSearch(grid: SearchGrid): Search {
  return grid.monotone === null ? exhaustive(grid) : bisection(grid, grid.monotone);
}

function exhaustive({ sizes }: SearchGrid): Search {
  const total = sizes.reduce((product, size) => product * size, 1);
  const passed: number[] = [];
  let asked = false;
  return {
    method: 'exhaustive',
    next() {
      if (asked) return [];
      asked = true;
      return Array.from({ length: total }, (_, point) => point);
    },
    tell(point, passes) {
      if (passes) passed.push(point);
    },
    passing: () => [...passed].sort((a, b) => a - b),
  };
}

function bisection({ sizes }: SearchGrid, axis: number): Search {
  const length = sizes[axis] ?? 0;
  const stride = sizes.slice(axis + 1).reduce((product, size) => product * size, 1);
  const total = sizes.reduce((product, size) => product * size, 1);
  const lines: Line[] = [];
  for (let point = 0; point < total; point++) if (Math.floor(point / stride) % length === 0) lines.push({ first: point, stride, fails: -1, passes: length });
  const pointOf = (line: Line, value: number): number => line.first + value * line.stride;
  const wanted = (line: Line): number | null => {
    // The greatest value first: where even that fails nothing on the line passes.
    if (line.passes === length) return line.fails === length - 1 ? null : length - 1;
    return line.passes - line.fails > 1 ? Math.floor((line.passes + line.fails) / 2) : null;
  };
  return {
    method: 'bisection',
    next: () =>
      lines.flatMap((line) => {
        const value = wanted(line);
        return value === null ? [] : [pointOf(line, value)];
      }),
    tell(point, passes) {
      const line = lines.find(({ first }) => point >= first && point < first + length * stride && (point - first) % stride === 0);
      if (line === undefined) return;
      const value = (point - line.first) / stride;
      if (passes) line.passes = Math.min(line.passes, value);
      else line.fails = Math.max(line.fails, value);
    },
    passing: () => lines.filter((line) => line.passes < length).map((line) => pointOf(line, line.passes)),
  };
}
