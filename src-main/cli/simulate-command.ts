import { resultCsv, resultJson } from '../../src-shared/analysis/result-export';
import { formatDuration, formatNumber } from '../../src-shared/base/format';
import { parseQuantity } from '../../src-shared/base/parse-quantity';
import type { Problem } from '../../src-shared/base/problem';
import type { Result } from '../../src-shared/base/result';
import { designProblems } from '../../src-shared/project/problems';
import type { Project, RunSettings } from '../../src-shared/project/project';
import { settingsSchema } from '../../src-shared/project/project';
import { quote } from '../../src-shared/project/words';
import type { RunResult } from '../../src-shared/run/result';
import { CommandFailure, EXIT } from './exit-code';
import { problemCount, problemLine } from './print-problems';
import { resultText } from './print-result';
import { progressMeter } from './progress';
import { chooseDesign, readProject, writeOutput } from './read-project';
import { setParameter } from './set-parameter';
import type { Terminal } from './terminal';

/** Options of `topolab simulate`, as the command line gives them. */
export interface SimulateOptions {
  readonly design?: string;
  readonly seed?: string;
  readonly replications?: string;
  readonly duration?: string;
  readonly warmUp?: string;
  readonly set: readonly string[];
  readonly json?: boolean;
  readonly csv?: boolean;
  readonly out?: string;
}

/** Runs a design to its end; hosts differ in the threads that they use for it. */
export type Simulate = (project: Project, designId: string, onProgress: (share: number) => void) => Promise<Result<RunResult, readonly Problem[]>>;

/** `topolab simulate FILE`: runs one design of a project and prints what it found. */
export async function simulateCommand(file: string, options: SimulateOptions, terminal: Terminal, simulate: Simulate, now: () => number): Promise<number> {
  const stored = await readProject(file);
  const design = chooseDesign(stored, options.design);
  if (options.design === undefined && stored.designs.length > 1)
    terminal.log(
      `Running the design ${quote(design.name)}, the first of ${stored.designs.length}; --design chooses another: ${stored.designs
        .slice(1)
        .map((other) => quote(other.name))
        .join(', ')}.`,
    );
  let project: Project = { ...stored, settings: changedSettings(stored.settings, options) };
  for (const assignment of options.set) {
    const changed = setParameter(project, chooseDesign(project, design.id), assignment);
    if (!changed.ok) throw new CommandFailure(EXIT.usage, changed.error);
    project = changed.value;
  }

  const problems = designProblems(project, design.id);
  for (const problem of problems) terminal.log(problemLine(project, problem));
  if (problems.some((problem) => problem.severity === 'error')) {
    terminal.log(`${file}: ${problemCount(problems)}; the design cannot run.`);
    return EXIT.model;
  }

  const begun = now();
  const outcome = await simulate(project, design.id, progressMeter(terminal, 'Simulating', now));
  if (!outcome.ok) {
    for (const problem of outcome.error) terminal.log(problemLine(project, problem));
    return EXIT.model;
  }
  const result = outcome.value;
  const seconds = Math.max(1e-9, (now() - begun) / 1000);
  terminal.log(
    `Simulated ${result.replications} × ${formatDuration(result.simulatedMs)} in ${formatDuration(seconds * 1000)}: ${formatNumber(result.events)} events, ${formatNumber(result.events / seconds)} per second.`,
  );
  const text = options.csv === true ? resultCsv(result) : options.json === true ? resultJson(result) : resultText(result);
  if (options.out === undefined) terminal.out(text);
  else {
    await writeOutput(options.out, text);
    terminal.log(`Wrote ${options.out}.`);
  }
  return EXIT.done;
}

function changedSettings(settings: RunSettings, options: SimulateOptions): RunSettings {
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

function wholeNumber(option: string, text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  throw new CommandFailure(EXIT.usage, `${option} needs a whole number, not ${quote(text)}.`);
}

/** A bare number is in seconds here, as people say how long a run is; with a unit it is what it says. */
function duration(option: string, text: string): number {
  const parsed = parseQuantity(text, 'duration', 's');
  if (parsed.ok) return parsed.value;
  throw new CommandFailure(EXIT.usage, `${option}: ${parsed.error}`);
}
