/** A scale from values to places in pixels, with its ticks. */
export interface Scale {
  readonly place: (value: number) => number;
  readonly ticks: readonly number[];
}

/** Round numbers that divide a range into about `count` steps: 1, 2 or 5 times a power of ten. */
export function roundTicks(least: number, most: number, count: number): readonly number[] {
  const span = most - least;
  if (!(span > 0)) return [least];
  const rough = span / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power;
  const ticks: number[] = [];
  for (let index = Math.ceil(least / step - 1e-9); index * step <= most + step * 1e-9; index++) ticks.push(Number((index * step).toPrecision(12)));
  return ticks;
}

/** A linear scale between two values and two places. */
export function linearScale(least: number, most: number, from: number, to: number, count: number): Scale {
  const span = most > least ? most - least : 1;
  return { place: (value) => from + ((value - least) / span) * (to - from), ticks: roundTicks(least, most, count) };
}

/** A logarithmic scale; values that are not above 0 stand at its beginning. */
export function logScale(least: number, most: number, from: number, to: number): Scale {
  const [low, high] = [Math.log10(least), Math.log10(Math.max(most, least * 1.01))];
  const ticks: number[] = [];
  const factors = high - low < 1.5 ? [1, 2, 3, 5] : high - low < 3 ? [1, 3] : [1];
  for (let power = Math.floor(low); power <= Math.ceil(high); power++)
    for (const factor of factors) {
      const tick = factor * 10 ** power;
      if (tick >= least * 0.999 && tick <= most * 1.001) ticks.push(Number(tick.toPrecision(12)));
    }
  return { place: (value) => (value > 0 ? from + ((Math.log10(value) - low) / (high - low)) * (to - from) : from), ticks };
}
