import { executeSearch, planSearch } from '../../src-shared/analysis/search-plan';
import { searchCsv, searchJson } from '../../src-shared/analysis/search-result';
import { formatDuration, formatNumber } from '../../src-shared/base/format';
import type { Project } from '../../src-shared/project/project';
import type { Search } from '../../src-shared/project/search';
import { pointVariant } from '../../src-shared/project/sweep-points';
import { enumerate, quote } from '../../src-shared/project/words';
import { ENGINE_VERSION } from '../../src-shared/run/combine';
import { cancellable } from './cancel';
import { chooseSweep } from './choose-sweep';
import { prepareVariants } from './choose-variants';
import { CommandFailure, EXIT } from './exit-code';
import { searchText } from './print-search';
import { progressMeter } from './progress';
import { readProject } from './read-project';
import { changedSettings, type OutputOptions, printOutput, type RunOptions, type ThreadOptions, threadsOf } from './run-options';
import type { Terminal } from './terminal';
import { variantsInThreads } from './variants-in-threads';

/** Options of `topolab search`, as the command line gives them. */
export interface SearchOptions extends RunOptions, OutputOptions, ThreadOptions {
  readonly over: readonly string[];
  readonly design?: string;
  /** Name of a search of the project. */
  readonly search?: string;
  readonly set: readonly string[];
  /** Parameter of which more is never worse. */
  readonly monotone?: string;
}

/** `topolab search FILE`: the cheapest setting that meets the objectives of the project. Ends with 4 where none does. */
export async function searchCommand(entry: string, file: string, options: SearchOptions, terminal: Terminal, now: () => number): Promise<number> {
  const threads = threadsOf(options);
  const stored = await readProject(file);
  const record = chooseSearch(stored, options);
  const changed = { ...stored, settings: changedSettings(stored.settings, options) };
  const planned = planSearch(changed, record, {
    engineVersion: ENGINE_VERSION,
    changes: options.set,
    ...(options.replications === undefined ? {} : { replications: changed.settings.replications }),
  });
  if (!planned.ok) throw new CommandFailure(EXIT.usage, planned.error);
  const { project, points } = planned.value;
  const begun = now();
  const result = await cancellable((signal) =>
    executeSearch(planned.value, async (some, onResult) => {
      const variants = prepareVariants(
        project,
        some.map(({ values }) => pointVariant(record, values, options.set)),
        terminal,
      );
      await variantsInThreads(entry, project, variants, {
        threads,
        signal,
        onProgress: progressMeter(terminal, `Simulating ${some.length} of ${points.length} settings`, now),
        onRun: ({ prepared, result: found }, place) => onResult(place, found, prepared.plan),
      });
    }),
  );
  terminal.log(`Simulated ${result.candidates.length} of ${formatNumber(points.length, 6)} settings in ${formatDuration(now() - begun)}.`);
  await printOutput(options, terminal, { text: () => searchText(result), json: () => searchJson(result), csv: () => searchCsv(result) });
  return result.cheapest === null ? EXIT.objective : EXIT.done;
}

/** The search that is meant: one given by --over, one of the project by name, or its first. */
function chooseSearch(project: Project, { over, design, search, monotone }: SearchOptions): Omit<Search, 'id'> {
  if (over.length > 0) {
    if (search !== undefined) throw new CommandFailure(EXIT.usage, 'Choose one of --search and --over.');
    const { name, design: designId, axes } = chooseSweep(project, { over, ...(design === undefined ? {} : { design }) }, 4);
    return { name, design: designId, axes, ...(monotone === undefined ? {} : { monotone }) };
  }
  const records = project.searches ?? [];
  const [first] = records;
  if (first === undefined) throw new CommandFailure(EXIT.usage, 'The project has no search; say what may be set, such as --over web.replicas=1..8.');
  if (design !== undefined) throw new CommandFailure(EXIT.usage, '--design goes with --over; a search of the project says its design itself.');
  const found = search === undefined ? first : (records.find(({ name }) => name === search) ?? records.find(({ id }) => id === search));
  if (found === undefined)
    throw new CommandFailure(
      EXIT.usage,
      `The project has no search ${quote(search)}; there ${records.length === 1 ? 'is' : 'are'} ${enumerate(records.map(({ name }) => quote(name)))}.`,
    );
  return monotone === undefined ? found : { ...found, monotone };
}
