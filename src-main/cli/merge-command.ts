import { readFile } from 'node:fs/promises';
import { sweepCsv, sweepJson } from '../../src-shared/analysis/sweep-export';
import { mergeParts, readSweepPart } from '../../src-shared/analysis/sweep-merge';
import { CommandFailure, EXIT } from './exit-code';
import { sweepText } from './print-sweep';
import { type OutputOptions, printOutput } from './run-options';
import { chooseMetric } from './sweep-command';
import type { Terminal } from './terminal';

/** Options of `topolab merge`, as the command line gives them. */
export interface MergeOptions extends OutputOptions {
  readonly metric?: string;
}

/** `topolab merge PARTS`: puts the shards of a sweep together; prints what one machine would have printed. */
export async function mergeCommand(files: readonly string[], options: MergeOptions, terminal: Terminal): Promise<number> {
  const metric = chooseMetric(options.metric);
  const parts = await Promise.all(
    files.map(async (name) => {
      const text = await readFile(name, 'utf8').catch((error: unknown) => {
        throw new CommandFailure(EXIT.io, `${name}: it cannot be read (${error instanceof Error && 'code' in error ? String(error.code) : 'unknown'}).`);
      });
      const part = readSweepPart(text);
      if (!part.ok) throw new CommandFailure(EXIT.io, `${name}: ${part.error}`);
      return { name, part: part.value };
    }),
  );
  const merged = mergeParts(parts);
  if (!merged.ok) throw new CommandFailure(EXIT.usage, merged.error);
  const sweep = merged.value;
  terminal.log(`Merged ${files.length} parts: ${sweep.points.length} points.`);
  await printOutput(options, terminal, { text: () => sweepText(sweep, metric), json: () => sweepJson(sweep), csv: () => sweepCsv(sweep) });
  return EXIT.done;
}
