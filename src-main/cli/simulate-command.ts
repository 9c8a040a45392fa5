import { resultCsv, resultJson } from '../../src-shared/analysis/result-export';
import { formatDuration, formatNumber } from '../../src-shared/base/format';
import type { Problem } from '../../src-shared/base/problem';
import type { Result } from '../../src-shared/base/result';
import type { Project } from '../../src-shared/project/project';
import type { RunResult } from '../../src-shared/run/result';
import { EXIT } from './exit-code';
import { type DesignOptions, prepareDesign } from './prepare-design';
import { problemLine } from './print-problems';
import { resultText } from './print-result';
import { progressMeter } from './progress';
import type { OutputOptions } from './run-options';
import { printOutput } from './run-options';
import type { Terminal } from './terminal';

/** Options of `topolab simulate`, as the command line gives them. */
export interface SimulateOptions extends DesignOptions, OutputOptions {
  /** Ends with a code of its own where an objective of the project is missed. */
  readonly check?: boolean;
}

/** Runs a design to its end; hosts differ in the threads that they use for it. */
export type Simulate = (project: Project, designId: string, onProgress: (share: number) => void) => Promise<Result<RunResult, readonly Problem[]>>;

/** `topolab simulate FILE`: runs one design of a project and prints what it found. */
export async function simulateCommand(file: string, options: SimulateOptions, terminal: Terminal, simulate: Simulate, now: () => number): Promise<number> {
  const prepared = await prepareDesign(file, options, terminal);
  if (prepared === null) return EXIT.model;
  const { project, design } = prepared;

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
