import { basename } from 'node:path';
import { readSystem } from '../../src-shared/analysis/advice/advise';
import { reportHtml } from '../../src-shared/analysis/report/report';
import { formatDuration } from '../../src-shared/base/format';
import { compile } from '../../src-shared/compile/compile';
import { EXIT } from './exit-code';
import { type DesignOptions, prepareDesign } from './prepare-design';
import { problemLine } from './print-problems';
import { progressMeter } from './progress';
import { writeOutput } from './read-project';
import type { Simulate } from './simulate-command';
import type { Terminal } from './terminal';

/** Options of `topolab report`, as the command line gives them. */
export interface ReportOptions extends DesignOptions {
  /** Stands in the report as it is; without one the same run gives the same bytes on every day. */
  readonly date?: string;
  readonly out?: string;
}

/** `topolab report FILE`: runs a design and writes a report of it as one HTML page. */
export async function reportCommand(file: string, options: ReportOptions, terminal: Terminal, simulate: Simulate, now: () => number): Promise<number> {
  const prepared = await prepareDesign(file, options, terminal);
  if (prepared === null) return EXIT.model;
  const { project, design } = prepared;
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
    ...(plan.ok && outcome.value.simulatedMs > outcome.value.warmUpMs && { reading: readSystem(project, design, plan.value, outcome.value) }),
    ...(options.date !== undefined && { date: options.date }),
  });
  if (options.out === undefined) terminal.out(html);
  else {
    await writeOutput(options.out, html);
    terminal.log(`Simulated and written in ${formatDuration(Math.max(1, now() - begun))}: ${options.out}.`);
  }
  return EXIT.done;
}
