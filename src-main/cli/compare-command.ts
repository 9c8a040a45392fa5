import { COMPARED_RUNS, type ComparedRun, compareRuns } from '../../src-shared/analysis/compare';
import { comparisonCsv, comparisonJson } from '../../src-shared/analysis/comparison-export';
import { formatDuration, formatNumber } from '../../src-shared/base/format';
import type { Project } from '../../src-shared/project/project';
import type { Variant } from '../../src-shared/project/variant';
import { cancellable } from './cancel';
import { namedDesigns, prepareVariants, readVariant, storedVariants } from './choose-variants';
import { CommandFailure, EXIT } from './exit-code';
import { comparisonText } from './print-comparison';
import { progressMeter } from './progress';
import { chooseDesign, readProject } from './read-project';
import { changedSettings, type OutputOptions, printOutput, type RunOptions, type ThreadOptions, threadsOf } from './run-options';
import type { Terminal } from './terminal';
import { variantsInThreads } from './variants-in-threads';

/** Options of `topolab compare`, as the command line gives them. */
export interface CompareOptions extends RunOptions, OutputOptions, ThreadOptions {
  readonly designs?: string;
  readonly variant: readonly string[];
  /** Changes of every side alike. */
  readonly set: readonly string[];
}

/** Replications where neither the project nor the command line asks for two or more: one of each design tells nothing of chance. */
const USUAL_REPLICATIONS = 10;

/** `topolab compare FILE`: two to four designs or variants under the same workload and the same random numbers, side by side. */
export async function compareCommand(entry: string, file: string, options: CompareOptions, terminal: Terminal, now: () => number): Promise<number> {
  const threads = threadsOf(options);
  const stored = await readProject(file);
  let project: Project = { ...stored, settings: changedSettings(stored.settings, options) };
  if (options.replications === undefined && project.settings.replications < 2) {
    project = { ...project, settings: { ...project.settings, replications: USUAL_REPLICATIONS } };
    terminal.log(`Running ${USUAL_REPLICATIONS} replications, since a difference needs several; --replications chooses another number.`);
  }
  const sides = chooseSides(project, options).map((side) => ({ ...side, changes: [...options.set, ...side.changes] }));
  const variants = prepareVariants(project, sides, terminal);

  const begun = now();
  const runs: ComparedRun[] = [];
  await cancellable((signal) =>
    variantsInThreads(entry, project, variants, {
      threads,
      signal,
      onProgress: progressMeter(terminal, 'Comparing', now),
      onRun: ({ prepared, result, samples }) => {
        runs.push({ label: prepared.variant.label, changes: prepared.variant.changes, result, samples });
      },
    }),
  );
  const comparison = compareRuns(runs);
  const events = runs.reduce((sum, run) => sum + run.result.events, 0);
  terminal.log(`Compared ${runs.length} × ${project.settings.replications} replications in ${formatDuration(now() - begun)}: ${formatNumber(events)} events.`);
  await printOutput(options, terminal, {
    text: () => comparisonText(comparison),
    json: () => comparisonJson(comparison),
    csv: () => comparisonCsv(comparison),
  });
  return EXIT.done;
}

/** The baseline first: the designs that are named, then the variants, which change the first of them. Without either: all designs, and of a single one its variants. */
function chooseSides(project: Project, options: CompareOptions): readonly Variant[] {
  const named = options.designs === undefined ? [] : namedDesigns(project, options.designs);
  const first = named[0] ?? { label: chooseDesign(project, undefined).name, designId: chooseDesign(project, undefined).id, changes: [] };
  const all = options.designs === undefined && options.variant.length === 0;
  const sides = all
    ? [
        ...project.designs.map(({ id, name }): Variant => ({ label: name, designId: id, changes: [] })),
        // Of one design its variants stand beside it.
        ...(project.designs.length === 1 ? storedVariants(project) : []),
      ]
    : [...(named.length === 0 ? [first] : named), ...options.variant.map((text) => readVariant(project, first.designId, text))];
  if (sides.length < COMPARED_RUNS.least)
    throw new CommandFailure(
      EXIT.usage,
      'There is only one design to compare. Name more with --designs, or change parameters with --variant "four: web.replicas=4".',
    );
  if (sides.length > COMPARED_RUNS.most)
    throw new CommandFailure(EXIT.usage, `${sides.length} designs are too many: at most ${COMPARED_RUNS.most} can be compared. Choose some with --designs.`);
  return sides;
}
