import { legendText, traceNames, waterfallText } from '../../src-shared/analysis/trace-text';
import { formatDuration, formatNumber } from '../../src-shared/base/format';
import type { Project } from '../../src-shared/project/project';
import { DEFAULT_TRACE_OPTIONS, type TraceOptions, type TracePick, type TraceSet, traceOptionsSchema } from '../../src-shared/protocol/trace';
import { createReplicationRunner } from '../../src-shared/run/session';
import { createTraceRun } from '../../src-shared/run/traces';
import { CommandFailure, EXIT } from './exit-code';
import { type DesignOptions, prepareDesign } from './prepare-design';
import { problemLine } from './print-problems';
import { progressMeter } from './progress';
import { writeOutput } from './read-project';
import { wholeNumber } from './run-options';
import type { Terminal } from './terminal';

/** Options of `topolab trace`, as the command line gives them. */
export interface TraceCommandOptions extends DesignOptions {
  readonly slowest?: string;
  readonly failed?: string;
  readonly stale?: string;
  /** ms; several. */
  readonly near: readonly string[];
  readonly sample?: string;
  readonly json?: boolean;
  readonly out?: string;
}

/** Slowest requests of each operation, and requests of each reason of failure, that are printed when nothing is asked for. */
const USUAL = 3;
const SLICE = 262_144;

/** `topolab trace FILE`: runs the first replication of a design and prints what happened to single requests. */
export async function traceCommand(file: string, options: TraceCommandOptions, terminal: Terminal, now: () => number): Promise<number> {
  const wanted = wantedTraces(options);
  const prepared = await prepareDesign(file, options, terminal);
  if (prepared === null) return EXIT.model;
  const { project, design } = prepared;
  const begun = now();
  const { warmUpMs } = project.settings;
  // An automatic warm-up is found by a pilot, as in the run itself.
  const pilot = warmUpMs === 'auto' ? createReplicationRunner(project, design.id) : null;
  const found = pilot?.ok === true ? pilot.value.warmUp / 1e6 : 0;
  const run = createTraceRun(project, design.id, { ...wanted.options, warmUpMs: warmUpMs === 'auto' ? found : warmUpMs });
  if (!run.ok) {
    for (const problem of run.error) terminal.log(problemLine(project, problem));
    return EXIT.model;
  }
  const tell = progressMeter(terminal, 'Tracing', now);
  while (run.value.advance(SLICE)) tell(run.value.progress());
  const all = run.value.traces();
  const set: TraceSet = { ...all, traces: all.traces.filter(({ picks }) => picks.some((pick) => wanted.picks.has(pick))) };
  terminal.log(`Traced ${formatNumber(set.requests.begun, 15)} requests in ${formatDuration(now() - begun)}; ${set.traces.length} are kept.`);
  if (set.requests.unrecorded > 0) terminal.log(`${formatNumber(set.requests.unrecorded, 15)} requests were not recorded: too many were under way.`);
  const text = options.json === true ? `${JSON.stringify(set, null, 2)}\n` : tracesText(set, project, design.id);
  if (options.out === undefined) terminal.out(text);
  else {
    await writeOutput(options.out, text);
    terminal.log(`Wrote ${options.out}.`);
  }
  return EXIT.done;
}

/** What is asked for; the slowest, the failed and the stale where nothing is. */
function wantedTraces(words: TraceCommandOptions): { readonly options: TraceOptions; readonly picks: ReadonlySet<TracePick> } {
  const none = words.slowest === undefined && words.failed === undefined && words.stale === undefined && words.near.length === 0 && words.sample === undefined;
  const count = (option: string, text: string | undefined): number => (text === undefined ? (none ? USUAL : 0) : wholeNumber(option, text));
  const number = (option: string, text: string): number => {
    const value = Number(text);
    if (text.trim() === '' || !Number.isFinite(value) || value < 0)
      throw new CommandFailure(EXIT.usage, `${option} needs a number that is not negative, not "${text}".`);
    return value;
  };
  const options = traceOptionsSchema.safeParse({
    ...DEFAULT_TRACE_OPTIONS,
    slowest: count('--slowest', words.slowest),
    failed: count('--failed', words.failed),
    stale: count('--stale', words.stale),
    nearMs: words.near.map((text) => number('--near', text)),
    sampleRate: words.sample === undefined ? 0 : number('--sample', words.sample),
  });
  if (!options.success)
    throw new CommandFailure(
      EXIT.usage,
      '--slowest, --failed and --stale are from 0 to 200, --sample is a share from 0 to 1, and --near may be given 20 times.',
    );
  const picks = new Set<TracePick>();
  if (options.data.slowest > 0) picks.add('slowest');
  if (options.data.failed > 0) picks.add('failed');
  if (options.data.stale > 0) picks.add('stale');
  if (options.data.nearMs.length > 0) picks.add('near');
  if (options.data.sampleRate > 0) picks.add('sample');
  return { options: options.data, picks };
}

/** Waterfalls one under the other: first the slowest. */
function tracesText(set: TraceSet, project: Project, designId: string): string {
  const names = traceNames(project.designs.find(({ id }) => id === designId));
  const untilNs = set.simulatedMs * 1e6;
  const slowestFirst = [...set.traces].sort((one, other) => (other.endNs ?? untilNs) - other.beginNs - ((one.endNs ?? untilNs) - one.beginNs));
  const blocks = slowestFirst.map((trace) => waterfallText(trace, names, untilNs).join('\n'));
  return blocks.length === 0 ? 'No request was kept.\n' : `${blocks.join('\n\n')}\n\n${legendText()}\n`;
}
