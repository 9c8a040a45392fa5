import { performance } from 'node:perf_hooks';
import { Command, CommanderError, InvalidArgumentError } from 'commander';
import type { AdviseOptions } from './advise-command';
import { adviseCommand } from './advise-command';
import { benchCommand } from './bench-command';
import type { CompareOptions } from './compare-command';
import { compareCommand } from './compare-command';
import { CommandFailure, EXIT } from './exit-code';
import type { MergeOptions } from './merge-command';
import { mergeCommand } from './merge-command';
import { problemsCommand } from './problems-command';
import { type ReportOptions, reportCommand } from './report-command';
import type { OutputOptions } from './run-options';
import { schemaCommand } from './schema-command';
import type { SearchOptions } from './search-command';
import { searchCommand } from './search-command';
import type { SimulateOptions } from './simulate-command';
import { simulateCommand } from './simulate-command';
import { simulateInThreads } from './simulate-in-threads';
import type { SweepOptions } from './sweep-command';
import { sweepCommand } from './sweep-command';
import type { Terminal } from './terminal';
import { processTerminal } from './terminal';
import { type TraceCommandOptions, traceCommand } from './trace-command';
import { validateCommand } from './validate-command';

/** Runs the command line. `entry` is the file that worker threads are started from. Gives the exit code. */
export async function runCommandLine(words: readonly string[], entry: string): Promise<number> {
  const terminal = processTerminal();
  let code: number = EXIT.done;
  const program = createProgram(entry, terminal, (ended) => {
    code = ended;
  });
  try {
    await program.parseAsync(words, { from: 'user' });
    return code;
  } catch (thrown) {
    if (thrown instanceof CommandFailure) {
      terminal.log(thrown.message);
      return thrown.exitCode;
    }
    // Help and version end with 0 and have printed themselves; anything else is a wrong word, which commander has explained.
    if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? EXIT.done : EXIT.usage;
    throw thrown;
  }
}

function createProgram(entry: string, terminal: Terminal, end: (code: number) => void): Command {
  const now = (): number => performance.now();
  const program = new Command('topolab')
    .description('Simulates the designs of Topolab project files, without a window.')
    .addHelpText(
      'after',
      `\nExit codes: 0 done, 1 the model has errors (or a check failed), 2 wrong usage, 3 a file cannot be read or written, 4 an objective is missed (--check), 130 ended by Ctrl+C.`,
    );

  runOptions(
    outputOptions(
      program
        .command('simulate')
        .summary('run a design and print what it found')
        .description('Runs one design of a project and prints the result: as text, as JSON or as CSV. Progress goes to stderr.')
        .argument('<file>', 'project file')
        .option('--design <name>', 'name or id of the design (default: the first)'),
    ),
  )
    .option('--check', 'end with code 4 where an objective of the project is missed or cannot be judged')
    .action(async (file: string, options: SimulateOptions) => {
      oneForm(options);
      end(await simulateCommand(file, options, terminal, (project, designId, onProgress) => simulateInThreads(entry, project, designId, onProgress), now));
    });

  runOptions(
    program
      .command('report')
      .summary('run a design and write a report')
      .description(
        'Runs one design of a project and writes a report as one HTML page that needs nothing else: picture, parameters, results with intervals, charts, objectives, findings, assumptions, and how to repeat it. The same run gives the same bytes.',
      )
      .argument('<file>', 'project file')
      .option('--design <name>', 'name or id of the design (default: the first)')
      .option('--date <text>', 'date to stand in the report (default: none)')
      .option('--out <file>', 'write the report to a file instead of stdout'),
  ).action(async (file: string, options: ReportOptions) =>
    end(await reportCommand(file, options, terminal, (project, designId, onProgress) => simulateInThreads(entry, project, designId, onProgress), now)),
  );

  runOptions(
    program
      .command('trace')
      .summary('show what happened to single requests')
      .description(
        'Runs the first replication of a design and prints waterfalls of the requests that are asked for: the slowest of each operation, a sample of those that failed for each reason, those with the stalest reads, the nearest to a latency, or a share of all. Without any of these: three of the slowest, of the failed and of the stale.',
      )
      .argument('<file>', 'project file')
      .option('--design <name>', 'name or id of the design (default: the first)')
      .option('--slowest <n>', 'the slowest requests of each operation')
      .option('--failed <n>', 'requests of each reason of failure')
      .option('--stale <n>', 'completed requests whose reads were the stalest')
      .option('--near <ms>', 'the three completed requests whose latency is nearest to this; may be repeated', collect, [])
      .option('--sample <share>', 'a share of all requests, 0 to 1; 200 of these at most are kept')
      .option('--json', 'print the traces as JSON')
      .option('--out <file>', 'write the traces to a file instead'),
  ).action(async (file: string, options: TraceCommandOptions) => end(await traceCommand(file, options, terminal, now)));

  manyRunsOptions(
    program
      .command('compare')
      .summary('put designs side by side')
      .description(
        'Runs two to four designs of a project, or variants of one, under the same workload and the same random numbers, and prints the difference of every metric with its interval and a verdict. The first one is the baseline.',
      )
      .argument('<file>', 'project file')
      .option('--designs <names>', 'names or ids of designs, separated by commas (default: all, or the first where variants are given)')
      .option(
        '--variant <label: part.parameter=value>',
        'the first design with parameters changed, such as "four: web.replicas=4"; several changes are separated by semicolons; may be repeated',
        collect,
        [],
      ),
  ).action(async (file: string, options: CompareOptions) => {
    oneForm(options);
    end(await compareCommand(entry, file, options, terminal, now));
  });

  manyRunsOptions(
    program
      .command('sweep')
      .summary('vary one or two parameters')
      .description(
        'Runs a design at every point of a sweep, on all cores: latency against load with its knee, throughput against size with a fit of the Universal Scalability Law, or a table of two parameters. With --shard one of several machines does its share; merge puts the parts together.',
      )
      .argument('<file>', 'project file')
      .option('--sweep <name>', 'name or id of a sweep of the project (default: the first)')
      .option('--over <part.parameter=values>', 'vary a parameter: 1,2,4 or 1..8 or 100..500/9 (nine values) or 1..1000/7log; once or twice', collect, [])
      .option('--design <name>', 'name or id of the design that --over is about (default: the first)')
      .option('--refine <n>', 'add this many points near the knee')
      .option('--no-refine', 'add none, whatever the sweep says')
      .option('--shard <i/n>', 'run only the i-th of n shares of the points, and write them for merge')
      .option('--metric <name>', 'metric that the table of two parameters shows (default: latencyP95Ms)'),
  ).action(async (file: string, options: SweepOptions) => {
    oneForm(options);
    end(await sweepCommand(entry, file, options, terminal, now));
  });

  outputOptions(
    program
      .command('merge')
      .summary('put the shards of a sweep together')
      .description('Reads what sweep --shard has written, and prints the whole sweep: byte for byte what one machine would have printed.')
      .argument('<parts...>', 'files that sweep --shard has written, in any order')
      .option('--metric <name>', 'metric that the table of two parameters shows (default: latencyP95Ms)'),
  ).action(async (files: readonly string[], options: MergeOptions) => {
    oneForm(options);
    end(await mergeCommand(files, options, terminal));
  });

  manyRunsOptions(
    program
      .command('search')
      .summary('find the cheapest setting that meets the objectives')
      .description(
        'Runs a search of the project file, or one given by --over: simulates settings of one to four parameters and finds the cheapest that meets every objective that must hold, by the price of machines, or by the number of servers where there is none. Ends with 4 where no setting does.',
      )
      .argument('<file>', 'project file')
      .option('--search <name>', 'name or id of a search of the project (default: the first)')
      .option('--over <part.parameter=values>', 'what may be set, as for sweep; up to four times', collect, [])
      .option('--design <name>', 'name or id of the design that --over is about (default: the first)')
      .option('--monotone <part.parameter>', 'one of them of which more is never worse: it is halved instead of tried out'),
  ).action(async (file: string, options: SearchOptions) => {
    oneForm(options);
    end(await searchCommand(entry, file, options, terminal, now));
  });

  manyRunsOptions(
    program
      .command('advise')
      .summary('name the bottleneck and find out what helps')
      .description(
        'Runs a design, names its bottleneck with the evidence, its single points of failure and what it has too much of, then simulates up to twelve changes that may help under the same random numbers, and prints those that do.',
      )
      .argument('<file>', 'project file')
      .option('--design <name>', 'name or id of the design (default: the first)'),
  ).action(async (file: string, options: AdviseOptions) => {
    oneForm(options);
    end(await adviseCommand(entry, file, options, terminal, now));
  });

  program
    .command('problems')
    .summary('list what is wrong with a project')
    .description('Lists every error and warning of every design of a project. Ends with 1 where there are errors.')
    .argument('<file>', 'project file')
    .action(async (file: string) => end(await problemsCommand(file, terminal)));

  program
    .command('schema')
    .summary('print the JSON Schema of project files')
    .description('Prints the JSON Schema of project files, of the results that simulate --json prints, or of the traces that trace --json prints.')
    .option('--result', 'that of results')
    .option('--traces', 'that of traces')
    .action((options: { readonly result?: boolean; readonly traces?: boolean }) => end(schemaCommand(options, terminal)));

  program
    .command('validate')
    .summary('compare the simulator with theory')
    .description('Runs the cases of the validation suite, whose answers are known, and prints expected and measured values.')
    .option('--quick', 'a twentieth of the length, with wider tolerances')
    .option('--only <ids>', 'only cases with one of these in their id, separated by commas')
    .option('--seed <n>', 'another set of random numbers', wholeNumber)
    .action(async (options: { readonly quick?: boolean; readonly only?: string; readonly seed?: number }) =>
      end(await validateCommand(entry, options, terminal, now)),
    );

  program
    .command('bench')
    .summary('measure the speed of the engine')
    .description('Measures requests and events per second of wall time. Of one workload: one line of JSON; of all: a table.')
    .argument('[workload]', 'w1, w2, w3, all (default), policies, or sweep')
    .argument('[customers]', 'completed requests to stop after; of sweep: the project file')
    .argument('[seed]', 'seed of the random numbers')
    .action(async (workload?: string, customers?: string, seed?: string) =>
      end(
        await benchCommand(
          entry,
          { ...(workload === undefined ? {} : { workload }), ...(customers === undefined ? {} : { customers }), ...(seed === undefined ? {} : { seed }) },
          terminal,
          now,
        ),
      ),
    );

  for (const command of [program, ...program.commands])
    command
      .exitOverride()
      .showHelpAfterError('(--help shows what there is)')
      .configureOutput({ writeErr: (text) => terminal.log(text.trimEnd()), writeOut: (text) => terminal.out(text) });
  return program;
}

/** Options of every command that simulates: how runs are made. */
function runOptions(command: Command): Command {
  return command
    .option('--seed <n>', 'seed of the random numbers, 0 to 4294967295')
    .option('--replications <n>', 'independent replications; two or more give intervals')
    .option('--duration <time>', 'simulated time, such as 60s or 10min; a bare number is in seconds')
    .option('--warm-up <time>', 'time left out at the beginning, such as 5s, or auto')
    .option(
      '--set <part.parameter=value>',
      "set a parameter for this run, such as web.replicas=3, client.ratePerS='2k req/s' or web.serviceTime.meanMs=5; may be repeated",
      collect,
      [],
    );
}

/** Options of commands that run many things at once. */
function manyRunsOptions(command: Command): Command {
  return runOptions(outputOptions(command)).option('--threads <n>', 'worker threads (default: one for each core); the numbers do not depend on it');
}

/** How a result is printed, and where. */
function outputOptions(command: Command): Command {
  return command
    .option('--json', 'print the result as JSON')
    .option('--csv', 'print the result as CSV')
    .option('--out <file>', 'write the result to a file instead');
}

function oneForm(options: OutputOptions): void {
  if (options.json === true && options.csv === true) throw new CommandFailure(EXIT.usage, 'Choose one of --json and --csv.');
}

function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}

function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('It must be a whole number.');
  return Number(text);
}
