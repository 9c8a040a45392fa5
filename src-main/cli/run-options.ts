import { parseQuantity } from '../../src-shared/base/parse-quantity';
import type { RunSettings } from '../../src-shared/project/project';
import { settingsSchema } from '../../src-shared/project/project';
import { quote } from '../../src-shared/project/words';
import { CommandFailure, EXIT } from './exit-code';
import { writeOutput } from './read-project';
import type { Terminal } from './terminal';
import { usualThreads } from './worker-pool';

/** Options that change how a run is made, as the command line gives them. */
export interface RunOptions {
  readonly seed?: string;
  readonly replications?: string;
  readonly duration?: string;
  readonly warmUp?: string;
}

/** How many worker threads a command may use. */
export interface ThreadOptions {
  readonly threads?: string;
}

/** The worker threads that the command line asks for, or as many as there are cores. */
export function threadsOf({ threads }: ThreadOptions): number {
  if (threads === undefined) return usualThreads();
  const count = wholeNumber('--threads', threads);
  if (count < 1 || count > 1024) throw new CommandFailure(EXIT.usage, '--threads must be from 1 to 1024.');
  return count;
}

/** Options that choose how a result is printed, and where. */
export interface OutputOptions {
  readonly json?: boolean;
  readonly csv?: boolean;
  readonly out?: string;
}

/** Prints a result in the form that was asked for: to stdout, or into a file that is written in one step. */
export async function printOutput(options: OutputOptions, terminal: Terminal, forms: Readonly<Record<'text' | 'json' | 'csv', () => string>>): Promise<void> {
  const text = forms[options.csv === true ? 'csv' : options.json === true ? 'json' : 'text']();
  if (options.out === undefined) terminal.out(text);
  else {
    await writeOutput(options.out, text);
    terminal.log(`Wrote ${options.out}.`);
  }
}

/** The settings of a project with the changes of the command line. */
export function changedSettings(settings: RunSettings, options: RunOptions): RunSettings {
  const changed: RunSettings = {
    ...settings,
    ...(options.seed === undefined ? {} : { seed: wholeNumber('--seed', options.seed) }),
    ...(options.replications === undefined ? {} : { replications: wholeNumber('--replications', options.replications) }),
    ...(options.duration === undefined ? {} : { durationMs: duration('--duration', options.duration) }),
    ...(options.warmUp === undefined ? {} : { warmUpMs: options.warmUp === 'auto' ? ('auto' as const) : duration('--warm-up', options.warmUp) }),
  };
  const allowed = settingsSchema.safeParse(changed);
  if (allowed.success) return changed;
  const wrong = String(allowed.error.issues[0]?.path[0] ?? '');
  const ranges: Record<string, string> = {
    seed: '--seed must be a whole number from 0 to 4294967295.',
    replications: '--replications must be a whole number from 1 to 1000000.',
    durationMs: '--duration must be above 0 and at most 100 days.',
    warmUpMs: '--warm-up must be auto, or from 0 to 100 days.',
  };
  throw new CommandFailure(EXIT.usage, ranges[wrong] ?? `The setting ${wrong} is not allowed.`);
}

export function wholeNumber(option: string, text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  throw new CommandFailure(EXIT.usage, `${option} needs a whole number, not ${quote(text)}.`);
}

/** A bare number is in seconds here, as people say how long a run is; with a unit it is what it says. */
function duration(option: string, text: string): number {
  const parsed = parseQuantity(text, 'duration', 's');
  if (parsed.ok) return parsed.value;
  throw new CommandFailure(EXIT.usage, `${option}: ${parsed.error}`);
}
