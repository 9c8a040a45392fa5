/**
 * The only transcendental functions that may touch a result. ECMAScript leaves Math.exp, Math.log and Math.sin to the
 * implementation, so two V8 versions may differ in the last bit; these use +, -, * and / only, which IEEE 754 defines exactly.
 * Errors are below 2 units in the last place for exp and log over the range used (tested against Math).
 */

const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;
const LOG2_E = 1.4426950408889634;

const scratch = new Float64Array(1);
const scratchWords = new Int32Array(scratch.buffer);

/** 2^k for k in -1022 .. 1023, built by exact doubling. */
const POWERS_OF_TWO = (() => {
  const table = new Float64Array(2046);
  let power = 1;
  for (let k = 0; k <= 1023; k++) {
    table[k + 1022] = power;
    power *= 2;
  }
  power = 1;
  for (let k = 0; k >= -1022; k--) {
    table[k + 1022] = power;
    power /= 2;
  }
  return table;
})();

/** e to the r for |r| up to ln(2)/2, by its Taylor series: the first term left out is below 5e-18. */
function expNearZero(r: number): number {
  let sum = 1;
  for (let n = 13; n >= 1; n--) sum = 1 + (r * sum) / n;
  return sum;
}

/** 2^(j/64) for j in 0 .. 63. */
export const ROOTS_OF_TWO = Float64Array.from({ length: 64 }, (_, j) =>
  j <= 32 ? expNearZero((j * Math.LN2) / 64) : 2 * expNearZero(((j - 64) * Math.LN2) / 64),
);

/** ln(2) / 64 in two parts, of which the first has so few digits that its product with k is exact. */
const STEP_HIGH = LN2_HIGH / 64;
const STEP_LOW = LN2_LOW / 64;

/** e to the x. Underflows to 0 below -708, overflows to Infinity above 709. */
export function exp(x: number): number {
  if (!(x > -708)) return x <= -708 ? 0 : x;
  if (x > 709) return Infinity;
  const k = Math.floor(x * (64 * LOG2_E) + 0.5);
  const r = x - k * STEP_HIGH - k * STEP_LOW;
  // x = (64 m + j) ln(2)/64 + r with |r| <= ln(2)/128: the first term left out is below 4e-17.
  const z = r * r;
  const series = r + z * (0.5 + r * (1 / 6) + z * (1 / 24 + r * (1 / 120)));
  const root = ROOTS_OF_TWO[k & 63] as number;
  return (root + root * series) * (POWERS_OF_TWO[(k >> 6) + 1022] as number);
}

/** Natural logarithm of x; -Infinity at 0, NaN below. Normal numbers only: subnormal input is treated as 0. */
export function log(x: number): number {
  if (!(x >= 2.2250738585072014e-308)) return x >= 0 ? -Infinity : NaN;
  if (x === Infinity) return Infinity;
  scratch[0] = x;
  const high = scratchWords[1] as number;
  let exponent = (high >>> 20) - 1023;
  scratchWords[1] = (high & 0x000fffff) | 0x3ff00000;
  let mantissa = scratch[0] as number;
  if (mantissa > 1.4142135623730951) {
    mantissa *= 0.5;
    exponent++;
  }
  // log m = 2 atanh(s) with s = (m - 1) / (m + 1), |s| < 0.1716.
  const s = (mantissa - 1) / (mantissa + 1);
  const z = s * s;
  const tail =
    z * (1 / 3 + z * (1 / 5 + z * (1 / 7 + z * (1 / 9 + z * (1 / 11 + z * (1 / 13 + z * (1 / 15 + z * (1 / 17 + z * (1 / 19 + z * (1 / 21 + z / 23))))))))));
  return exponent * LN2_HIGH + (exponent * LN2_LOW + 2 * s * tail + 2 * s);
}

/** x to the power y for x >= 0. */
export function pow(x: number, y: number): number {
  if (y === 0) return 1;
  return x === 0 ? (y > 0 ? 0 : Infinity) : exp(y * log(x));
}

/** Sine of x radians; meant for |x| up to some thousands, where one period can be subtracted without loss that matters. */
export function sin(x: number): number {
  const turns = Math.floor(x / 6.283185307179586 + 0.5);
  let r = x - turns * 6.283185307179586;
  if (r > 1.5707963267948966) r = 3.141592653589793 - r;
  else if (r < -1.5707963267948966) r = -3.141592653589793 - r;
  const z = r * r;
  return (
    r * (1 - (z / 6) * (1 - (z / 20) * (1 - (z / 42) * (1 - (z / 72) * (1 - (z / 110) * (1 - (z / 156) * (1 - (z / 210) * (1 - (z / 272) * (1 - z / 342)))))))))
  );
}

/** Cosine of x radians, with the range of {@link sin}. */
export function cos(x: number): number {
  return sin(x + 1.5707963267948966);
}
