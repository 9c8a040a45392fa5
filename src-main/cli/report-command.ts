import { basename } from 'node:path';
import { readSystem } from '../../src-shared/analysis/advice/advise';
import { reportHtml } from '../../src-shared/analysis/report/report';
import { formatDuration } from '../../src-shared/base/format';
import { compile } from '../../src-shared/compile/compile';
import { designProblems } from '../../src-shared/project/problems';
import type { Project } from '../../src-shared/project/project';
import { setParameter } from '../../src-shared/project/set-parameter';
import { CommandFailure, EXIT } from './exit-code';
import { problemCount, problemLine } from './print-problems';
import { progressMeter } from './progress';
import { chooseDesign, readProject, writeOutput } from './read-project';
import { changedSettings, type RunOptions } from './run-options';
import type { Simulate } from './simulate-command';
import type { Terminal } from './terminal';

/** Options of `topolab report`, as the command line gives them. */
export interface ReportOptions extends RunOptions {
  readonly design?: string;
  readonly set: readonly string[];
  /** Stands in the report as it is; without one the same run gives the same bytes on every day. */
  readonly date?: string;
  readonly out?: string;
}

/** `topolab report FILE`: runs a design and writes a report of it as one HTML page. */
export async function reportCommand(file: string, options: ReportOptions, terminal: Terminal, simulate: Simulate, now: () => number): Promise<number> {
  const stored = await readProject(file);
  const design = chooseDesign(stored, options.design);
  let project: Project = { ...stored, settings: changedSettings(stored.settings, options) };
  for (const assignment of options.set) {
    const changed = setParameter(project, chooseDesign(project, design.id), assignment);
    if (!changed.ok) throw new CommandFailure(EXIT.usage, changed.error);
    project = changed.value;
  }
  const problems = designProblems(project, design.id);
  for (const problem of problems) terminal.log(problemLine(project, problem));
  if (problems.some(({ severity }) => severity === 'error')) {
    terminal.log(`${file}: ${problemCount(problems)}; the design cannot run.`);
    return EXIT.model;
  }
  const begun = now();
  const outcome = await simulate(project, design.id, progressMeter(terminal, 'Simulating', now));
  if (!outcome.ok) {
    for (const problem of outcome.error) terminal.log(problemLine(project, problem));
    return EXIT.model;
  }
  const plan = compile(project, design.id);
  const html = reportHtml({
    project,
    result: outcome.value,
    fileName: basename(file),
    changes: options.set,
    // Where nothing was measured there is nothing to read.
    ...(plan.ok &&
      outcome.value.simulatedMs > outcome.value.warmUpMs && { reading: readSystem(project, chooseDesign(project, design.id), plan.value, outcome.value) }),
    ...(options.date !== undefined && { date: options.date }),
  });
  if (options.out === undefined) terminal.out(html);
  else {
    await writeOutput(options.out, html);
    terminal.log(`Simulated and written in ${formatDuration(Math.max(1, now() - begun))}: ${options.out}.`);
  }
  return EXIT.done;
}
