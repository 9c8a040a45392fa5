import { createSearch } from '../../src-shared/analysis/search';
import { cheapestOf, type SearchCandidate, type SearchResult, searchCsv, searchJson } from '../../src-shared/analysis/search-result';
import { headerOf } from '../../src-shared/analysis/sweep-result';
import { formatDuration, formatNumber } from '../../src-shared/base/format';
import type { Plan } from '../../src-shared/engine/plan';
import { concerns } from '../../src-shared/project/objective-problems';
import type { Project } from '../../src-shared/project/project';
import { POINT_LIMIT, pointVariant, sweepPoints } from '../../src-shared/project/sweep-points';
import { enumerate, quote } from '../../src-shared/project/words';
import { cancellable } from './cancel';
import { chooseSweep } from './choose-sweep';
import { prepareVariants } from './choose-variants';
import { CommandFailure, EXIT } from './exit-code';
import { searchText } from './print-search';
import { progressMeter } from './progress';
import { readProject } from './read-project';
import { changedSettings, type OutputOptions, printOutput, type RunOptions, type ThreadOptions, threadsOf } from './run-options';
import { sweepHeader } from './sweep-command';
import type { Terminal } from './terminal';
import { variantsInThreads } from './variants-in-threads';

/** Options of `topolab search`, as the command line gives them. */
export interface SearchOptions extends RunOptions, OutputOptions, ThreadOptions {
  readonly over: readonly string[];
  readonly design?: string;
  readonly set: readonly string[];
  /** Parameter of which more is never worse. */
  readonly monotone?: string;
}

/** Settings that are simulated one and all; a larger grid needs an axis that can be halved. */
const EXHAUSTIVE_LIMIT = 1000;

/** `topolab search FILE`: the cheapest setting that meets the objectives of the project. Ends with 4 where none does. */
export async function searchCommand(entry: string, file: string, options: SearchOptions, terminal: Terminal, now: () => number): Promise<number> {
  const threads = threadsOf(options);
  const stored = await readProject(file);
  if (options.over.length === 0) throw new CommandFailure(EXIT.usage, 'Say what may be set, such as --over web.replicas=1..8.');
  const sweep = chooseSweep(stored, options);
  const project: Project = { ...stored, settings: changedSettings(stored.settings, options) };
  const design = project.designs.find(({ id }) => id === sweep.design);
  if (design === undefined || !project.objectives.some((objective) => concerns(project, design, objective)))
    throw new CommandFailure(EXIT.usage, `The project has no objective for the design ${quote(design?.name ?? sweep.design)}: there is nothing to meet.`);
  const found = sweepPoints(project, sweep);
  if (!found.ok) throw new CommandFailure(EXIT.usage, found.error);
  const points = found.value;
  const monotone = options.monotone === undefined ? -1 : sweep.axes.findIndex(({ parameter }) => parameter === options.monotone);
  if (options.monotone !== undefined && monotone === -1)
    throw new CommandFailure(
      EXIT.usage,
      `--monotone ${quote(options.monotone)} is none of the parameters of --over: ${enumerate(sweep.axes.map(({ parameter }) => parameter))}.`,
    );
  if (monotone === -1 && points.length > EXHAUSTIVE_LIMIT)
    throw new CommandFailure(
      EXIT.usage,
      `${points.length} settings are too many to simulate all of them (at most ${EXHAUSTIVE_LIMIT}). Name a parameter of which more is never worse with --monotone, or make the ranges smaller (at most ${POINT_LIMIT} settings).`,
    );
  const sizes = sweep.axes.map((_, axis) => new Set(points.map(({ values }) => values[axis])).size);
  const search = createSearch({ sizes, monotone: monotone === -1 ? null : monotone });
  const header = sweepHeader(project, sweep, options.set);

  const begun = now();
  const candidates: SearchCandidate[] = [];
  await cancellable(async (signal) => {
    for (let batch = search.next(); batch.length > 0; batch = search.next()) {
      const variants = prepareVariants(
        project,
        batch.map((index) => pointVariant(sweep, points[index]?.values ?? [], options.set)),
        terminal,
      );
      await variantsInThreads(entry, project, variants, {
        threads,
        signal,
        onProgress: progressMeter(terminal, `Simulating ${batch.length} of ${points.length} settings`, now),
        onRun: ({ prepared, result }, place) => {
          const index = batch[place] ?? 0;
          const { objectives } = result;
          const passes = objectives.every(({ verdict }) => verdict === 'pass');
          search.tell(index, passes);
          candidates.push({
            index,
            values: points[index]?.values ?? [],
            passes,
            sure: objectives.every(({ sure }) => sure !== false),
            costPerHour: result.endToEnd.metrics.costPerHour ?? null,
            servers: serversOf(prepared.plan),
            objectives,
          });
        },
      });
    }
  });
  candidates.sort((a, b) => a.index - b.index);
  const { by, index } = cheapestOf(candidates);
  const result: SearchResult = {
    format: 'topolab-search',
    formatVersion: 1,
    ...headerOf(header),
    method: search.method,
    monotone: options.monotone ?? null,
    total: points.length,
    cheapestBy: by,
    candidates,
    cheapest: index,
  };
  terminal.log(`Simulated ${candidates.length} of ${formatNumber(points.length, 6)} settings in ${formatDuration(now() - begun)}.`);
  await printOutput(options, terminal, { text: () => searchText(result), json: () => searchJson(result), csv: () => searchCsv(result) });
  return index === null ? EXIT.objective : EXIT.done;
}

/** Servers of all instances of all parts, as the parameters set them. */
function serversOf({ nodes }: Plan): number {
  return nodes.reduce((sum, node) => sum + (node.role === 'station' ? node.servers : 0), 0);
}
