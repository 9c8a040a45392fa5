import { z } from 'zod';
import { err, ok, type Result } from '../base/result';
import { finishSweep, headerOf, type SweepPart, type SweepResult } from './sweep-result';

/** What must be right of the text of a part before it is merged; the numbers of its points are taken as they stand. */
const partSchema = z.looseObject({
  format: z.literal('topolab-sweep-part'),
  formatVersion: z.literal(1),
  fingerprint: z.string(),
  axes: z.array(z.looseObject({ parameter: z.string() })),
  shard: z.strictObject({ index: z.number().int().min(1), count: z.number().int().min(1) }),
  total: z.number().int().min(1),
  points: z.array(
    z.looseObject({ index: z.number().int().min(0), values: z.array(z.unknown()), endToEnd: z.looseObject({ metrics: z.record(z.string(), z.number()) }) }),
  ),
});

/** Reads the text of one part; the error is a sentence. */
export function readSweepPart(text: string): Result<SweepPart, string> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return err('It is not JSON. Was the job that wrote it cancelled?');
  }
  const parsed = partSchema.safeParse(json);
  if (!parsed.success)
    return err(`It is not a part of a sweep (${parsed.error.issues[0]?.path.join('.') || 'format'}): parts are written by topolab sweep with --shard.`);
  return ok(json as SweepPart);
}

/**
 * Puts the parts of a sweep together. The result is that of one machine, byte for byte: numbers survive JSON exactly. The error says which
 * parts do not belong together, are missing, or are there twice.
 */
export function mergeParts(parts: readonly { readonly name: string; readonly part: SweepPart }[]): Result<SweepResult, string> {
  const [first] = parts;
  if (first === undefined) return err('There is no part to merge.');
  const header = JSON.stringify(headerOf(first.part));
  const { count } = first.part.shard;
  const seen = new Map<number, string>();
  for (const { name, part } of parts) {
    if (JSON.stringify(headerOf(part)) !== header || part.total !== first.part.total)
      return err(`${name} and ${first.name} are not parts of the same sweep of the same project: run all shards with the same file, options and program.`);
    if (part.shard.count !== count) return err(`${first.name} is one of ${count} shards, ${name} one of ${part.shard.count}.`);
    const before = seen.get(part.shard.index);
    if (before !== undefined) return err(`${before} and ${name} are both shard ${part.shard.index} of ${count}.`);
    seen.set(part.shard.index, name);
  }
  const missing = Array.from({ length: count }, (_, index) => index + 1).filter((index) => !seen.has(index));
  if (missing.length > 0)
    return err(`Of ${count} shards ${missing.length === 1 ? 'one is' : `${missing.length} are`} missing: ${missing.slice(0, 20).join(', ')}.`);
  const points = parts.flatMap(({ part }) => part.points);
  const indices = new Set(points.map(({ index }) => index));
  if (points.length !== first.part.total || indices.size !== first.part.total)
    return err(`The parts have ${points.length} points, the sweep has ${first.part.total}.`);
  return ok(finishSweep(first.part, points));
}
