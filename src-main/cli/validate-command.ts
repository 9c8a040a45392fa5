import { describeCheck } from '../../src-shared/validation/judge';
import type { CaseOutcome, ValidationOptions } from '../../src-shared/validation/validate';
import { selectCases, summarise, TABLE_HEADING } from '../../src-shared/validation/validate';
import { CommandFailure, EXIT } from './exit-code';
import { progressMeter } from './progress';
import type { Terminal } from './terminal';
import type { WorkerTask } from './worker';
import { runInWorkers, usualThreads } from './worker-pool';

/** `topolab validate`: runs the cases of the validation suite and prints the table, one case after the other, computed on all cores. */
export async function validateCommand(entry: string, options: ValidationOptions, terminal: Terminal, now: () => number): Promise<number> {
  const cases = selectCases(options);
  if (cases.length === 0) throw new CommandFailure(EXIT.usage, `No case has ${JSON.stringify(options.only)} in its id.`);
  const print = (line: string): void => terminal.out(`${line}\n`);
  const begun = now();
  const outcomes: CaseOutcome[] = [];
  print(TABLE_HEADING);
  await runInWorkers<CaseOutcome>(entry, usualThreads(), { type: 'validation', options } satisfies WorkerTask, {
    count: cases.length,
    message: (index) => cases[index]?.id,
    onProgress: progressMeter(terminal, 'Validating', now),
    onValue: (outcome) => {
      outcomes.push(outcome);
      for (const check of outcome.checks) print(describeCheck(check));
      return 'go-on';
    },
  });
  const summary = summarise(outcomes, print);
  terminal.log(`${((now() - begun) / 1000).toFixed(1)} s, ${outcomes.reduce((sum, { events }) => sum + events, 0)} events`);
  return summary.failed === 0 ? EXIT.done : EXIT.model;
}
