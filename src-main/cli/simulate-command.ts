import { resultCsv, resultJson } from '../../src-shared/analysis/result-export';
import { formatDuration, formatNumber } from '../../src-shared/base/format';
import type { Problem } from '../../src-shared/base/problem';
import type { Result } from '../../src-shared/base/result';
import { designProblems } from '../../src-shared/project/problems';
import type { Project } from '../../src-shared/project/project';
import { setParameter } from '../../src-shared/project/set-parameter';
import { quote } from '../../src-shared/project/words';
import type { RunResult } from '../../src-shared/run/result';
import { CommandFailure, EXIT } from './exit-code';
import { problemCount, problemLine } from './print-problems';
import { resultText } from './print-result';
import { progressMeter } from './progress';
import { chooseDesign, readProject } from './read-project';
import type { OutputOptions, RunOptions } from './run-options';
import { changedSettings, printOutput } from './run-options';
import type { Terminal } from './terminal';

/** Options of `topolab simulate`, as the command line gives them. */
export interface SimulateOptions extends RunOptions, OutputOptions {
  readonly design?: string;
  readonly set: readonly string[];
  /** Ends with a code of its own where an objective of the project is missed. */
  readonly check?: boolean;
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
  await printOutput(options, terminal, { text: () => resultText(result), json: () => resultJson(result), csv: () => resultCsv(result) });
  if (options.check !== true) return EXIT.done;
  const missed = result.objectives.filter(({ verdict }) => verdict !== 'pass');
  for (const { name, verdict, reason } of missed)
    terminal.log(`${verdict === 'fail' ? 'Missed' : 'Not judged'}: ${name}${reason === '' ? '.' : `. ${reason}`}`);
  if (result.objectives.length === 0) terminal.log('The project has no objective for this design: there is nothing to check.');
  return missed.length === 0 ? EXIT.done : EXIT.objective;
}
