import { err, ok, type Result } from './result';

/** What a number measures, and so which units a field understands. A `count` or `number` has only the unit that the field names. */
export type Dimension = 'duration' | 'rate' | 'share' | 'size' | 'bandwidth' | 'count' | 'number';

/** A number as a field shows it: its digits and its unit apart. */
export interface QuantityText {
  readonly digits: string;
  readonly unit: string;
}

interface Unit {
  /** As shown. */
  readonly name: string;
  /** Other spellings, lower case. */
  readonly also: readonly string[];
  /** Size in the unit that the model stores. */
  readonly factor: number;
  /** Understood, yet never chosen to show a value in. */
  readonly silent?: boolean;
}

const unit = (name: string, factor: number, ...also: string[]): Unit => ({ name, factor, also });
const silent = (name: string, factor: number, ...also: string[]): Unit => ({ name, factor, also, silent: true });

/** Units by dimension, from small to large. Stored: ms, requests per second, 0..1, bytes, Mbit/s. */
const UNITS: Readonly<Record<Exclude<Dimension, 'count' | 'number'>, readonly Unit[]>> = {
  duration: [
    unit('ns', 1e-6),
    unit('µs', 1e-3, 'us', 'μs'),
    unit('ms', 1, 'millisecond', 'milliseconds'),
    unit('s', 1000, 'sec', 'second', 'seconds'),
    unit('min', 60_000, 'm', 'minute', 'minutes'),
    unit('h', 3_600_000, 'hour', 'hours'),
    unit('days', 86_400_000, 'd', 'day'),
  ],
  rate: [silent('req/h', 1 / 3600, '/h'), silent('req/min', 1 / 60, '/min'), unit('req/s', 1, '/s', 'rps', 'per s', 'requests/s')],
  share: [unit('%', 0.01, 'percent')],
  size: [
    unit('B', 1, 'byte', 'bytes'),
    unit('kB', 1e3),
    unit('MB', 1e6),
    unit('GB', 1e9),
    unit('TB', 1e12),
    silent('KiB', 1024),
    silent('MiB', 1024 ** 2),
    silent('GiB', 1024 ** 3),
    silent('TiB', 1024 ** 4),
  ],
  bandwidth: [
    silent('bit/s', 1e-6, 'bps'),
    unit('kbit/s', 1e-3, 'kbps'),
    unit('Mbit/s', 1, 'mbps'),
    unit('Gbit/s', 1000, 'gbps'),
    // Only the capital distinguishes megabytes from megabits here, so these are matched before case is ignored.
    silent('MB/s', 8),
    silent('GB/s', 8000),
    silent('kB/s', 8e-3),
  ],
};

const MULTIPLIERS: Readonly<Record<string, number>> = { k: 1e3, K: 1e3, M: 1e6, G: 1e9 };

function findUnit(dimension: Dimension, name: string): Unit | undefined {
  if (dimension === 'count' || dimension === 'number') return undefined;
  const units = UNITS[dimension];
  const exact = units.find((candidate) => candidate.name === name);
  if (exact !== undefined) return exact;
  const lower = name.toLowerCase();
  return units.find((candidate) => candidate.name.toLowerCase() === lower || candidate.also.includes(lower));
}

/** The units that a dimension understands, for the sentence that an error ends with. */
export function knownUnits(dimension: Dimension): readonly string[] {
  return dimension === 'count' || dimension === 'number' ? [] : UNITS[dimension].filter((candidate) => !candidate.silent).map((candidate) => candidate.name);
}

/** Multiplies without the dust of binary fractions: 5 % is 0.05, not 0.05000000000000001. */
function scale(value: number, factor: number): number {
  return Number((value * factor).toPrecision(15));
}

/**
 * Reads what a person types into a field: `250ms`, `1.5 s`, `10k req/s`, `1 MB`, `5 %`, `2e3`.
 * A number without a unit is taken in `shownUnit`, the unit that stands beside the field; for counts that is the noun it counts.
 * Gives the value in the unit that the model stores, or a sentence that says what is understood.
 */
export function parseQuantity(text: string, dimension: Dimension, shownUnit: string): Result<number, string> {
  const trimmed = text.trim().replaceAll('−', '-');
  if (trimmed === '') return err('Write a number.');
  if (/\d,\d/.test(trimmed)) return err('Write a point for decimals and no separators: 1500 or 1.5.');
  const match = /^([+-]?(?:\d[\d_ \u202f\u00a0]*(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?)\s*(.*)$/i.exec(trimmed);
  const digits = match?.[1]?.replace(/[_\s\u202f\u00a0]/g, '');
  const value = Number(digits);
  if (match === null || digits === undefined || !Number.isFinite(value)) return err(`"${trimmed}" is not a number${example(dimension, shownUnit)}.`);
  const rest = (match[2] ?? '').trim().replace(/\s+/g, ' ');
  if (rest === '') return ok(scale(value, findUnit(dimension, shownUnit)?.factor ?? 1));

  const direct = findUnit(dimension, rest);
  if (direct !== undefined) return ok(scale(value, direct.factor));
  const multiplier = MULTIPLIERS[rest.charAt(0)];
  if (multiplier !== undefined) {
    const after = rest.slice(1).trim();
    if (after === '' && (dimension === 'count' || dimension === 'number' || dimension === 'rate')) return ok(scale(value, multiplier));
    const scaled = dimension === 'rate' ? findUnit(dimension, after) : undefined;
    if (scaled !== undefined) return ok(scale(value, multiplier * scaled.factor));
    if ((dimension === 'count' || dimension === 'number') && isNoun(after, shownUnit)) return ok(scale(value, multiplier));
  }
  if ((dimension === 'count' || dimension === 'number') && isNoun(rest, shownUnit)) return ok(value);
  const units = knownUnits(dimension);
  return err(
    `"${rest}" is not a unit known here. ${units.length > 0 ? `Use ${listWords(units)}.` : shownUnit === '' ? 'This is a pure number.' : `Leave it out, or write ${shownUnit}.`}`,
  );
}

/** What one of something counted is called: `replica` of `replicas`, `reply` of `replies`; words that are no plural stay as they are. */
export function singularOf(plural: string): string {
  const [first = '', ...rest] = plural.split(' ');
  // '1 times the mean' counts nothing.
  if (first === 'times') return plural;
  const one = /sses$/.test(first) ? first.slice(0, -2) : first.replace(/ies$/, 'y').replace(/s$/, '');
  return [one, ...rest].join(' ');
}

function isNoun(word: string, plural: string): boolean {
  const lower = word.toLowerCase();
  const noun = plural.toLowerCase();
  return noun !== '' && (lower === noun || lower === singularOf(noun));
}

function example(dimension: Dimension, shownUnit: string): string {
  const examples: Partial<Record<Dimension, string>> = { duration: '250 ms or 1.5 s', rate: '10k req/s', share: '5 %', size: '1 MB', bandwidth: '1 Gbit/s' };
  return `: write something like ${examples[dimension] ?? `3 ${shownUnit}`.trim()}`;
}

/** `a`, `a or b`, `a, b or c`. */
function listWords(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

/** Decimal digits that read back as exactly this number. */
function plainDigits(value: number): string {
  const short = String(Number(value.toPrecision(15)));
  return Number(short) === value ? short : String(value);
}

/**
 * A stored value as a field shows it, in the largest unit that shows it exactly and in few digits: 1500 ms is 1.5 s, 12 000 req/s is 12k req/s.
 * Reading the digits back in that unit gives the same number, bit for bit.
 */
export function quantityText(value: number, dimension: Dimension, plainUnit: string): QuantityText {
  if (dimension === 'count' || dimension === 'number') return { digits: plainDigits(value), unit: plainUnit };
  const units = UNITS[dimension].filter((candidate) => !candidate.silent);
  const stored = units.find((candidate) => candidate.factor === 1) ?? units[0];
  let best: QuantityText = { digits: plainDigits(value / (stored?.factor ?? 1)), unit: stored?.name ?? plainUnit };
  if (value === 0) return best;
  if (dimension === 'rate' && Math.abs(value) >= 10_000) {
    for (const [suffix, factor] of [
      ['M', 1e6],
      ['k', 1e3],
    ] as const) {
      const digits = plainDigits(Number((value / factor).toPrecision(15)));
      if (Math.abs(value) >= factor && digits.length <= 5 && scale(Number(digits), factor) === value) return { digits: `${digits}${suffix}`, unit: 'req/s' };
    }
    return best;
  }
  const size = Math.abs(value);
  for (const candidate of units) {
    if (size < candidate.factor) continue;
    // Minutes and longer only where they come out whole: 90 s reads better than 1.5 min.
    const digits = plainDigits(Number((value / candidate.factor).toPrecision(15)));
    if (candidate.factor >= 60_000 && dimension === 'duration' && (digits.includes('.') || size < 120_000)) continue;
    if (scale(Number(digits), candidate.factor) === value && digits.length <= 7) best = { digits, unit: candidate.name };
  }
  if (best.unit === stored?.name && size < (stored?.factor ?? 1)) {
    for (const candidate of units) {
      const digits = plainDigits(Number((value / candidate.factor).toPrecision(15)));
      if (size >= candidate.factor && scale(Number(digits), candidate.factor) === value) best = { digits, unit: candidate.name };
    }
  }
  return best;
}

/** A stored value in one string, exactly: `1.5 s`, `12k req/s`, `1 replica`, `3 replicas`. */
export function formatQuantity(value: number, dimension: Dimension, plainUnit: string): string {
  const { digits, unit: name } = quantityText(value, dimension, dimension === 'count' && value === 1 ? singularOf(plainUnit) : plainUnit);
  return name === '' ? digits : `${digits} ${name}`;
}
