import { adviceJson, adviceReport } from '../../src-shared/analysis/advice/advice-report';
import { candidatesFor, readSystem } from '../../src-shared/analysis/advice/advise';
import { judgeExperiment, planExperiment, type TriedRun } from '../../src-shared/analysis/advice/experiment';
import { formatDuration } from '../../src-shared/base/format';
import { invariant } from '../../src-shared/base/result';
import type { Project } from '../../src-shared/project/project';
import type { Variant } from '../../src-shared/project/variant';
import { cancellable } from './cancel';
import { prepareVariants } from './choose-variants';
import { CommandFailure, EXIT } from './exit-code';
import type { DesignOptions } from './prepare-design';
import { adviceText } from './print-advice';
import { progressMeter } from './progress';
import { chooseDesign, readProject } from './read-project';
import { changedSettings, type OutputOptions, printOutput, type ThreadOptions, threadsOf } from './run-options';
import type { Terminal } from './terminal';
import { variantsInThreads } from './variants-in-threads';

/** Options of `topolab advise`, as the command line gives them. */
export interface AdviseOptions extends DesignOptions, OutputOptions, ThreadOptions {}

/** `topolab advise FILE`: names the bottleneck of a design with its evidence, and tries what may help before it says so. */
export async function adviseCommand(entry: string, file: string, options: AdviseOptions, terminal: Terminal, now: () => number): Promise<number> {
  if (options.csv === true) throw new CommandFailure(EXIT.usage, 'Advice has no form as CSV; --json has everything.');
  const threads = threadsOf(options);
  const stored = await readProject(file);
  const { id: designId } = chooseDesign(stored, options.design);
  const [changed] = prepareVariants(
    { ...stored, settings: changedSettings(stored.settings, options) },
    [{ label: designId, designId, changes: options.set }],
    terminal,
  );
  invariant(changed !== undefined, 'the design has been prepared');
  const { project, design, plan } = changed;
  const replications = options.replications === undefined ? null : project.settings.replications;
  const begun = now();
  const run = (from: Project, variants: readonly Variant[], title: string): Promise<TriedRun[]> =>
    cancellable(async (signal) => {
      const runs: TriedRun[] = [];
      await variantsInThreads(entry, from, prepareVariants(from, variants, terminal), {
        threads,
        signal,
        onProgress: progressMeter(terminal, title, now),
        onRun: ({ result, samples }) => runs.push({ result, samples }),
      });
      return runs;
    });
  const alone = planExperiment(project, design, [], replications);
  const [base] = await run(alone.project, alone.variants, 'Simulating the design');
  invariant(base !== undefined, 'the design has been run');
  const reading = readSystem(project, design, plan, base.result);
  const experiment = planExperiment(project, design, candidatesFor({ project, design, plan, result: base.result, reading }), replications);
  const rest = await run(experiment.project, experiment.variants.slice(1), `Trying ${experiment.tries.length} changes`);
  const report = adviceReport(base.result, reading, experiment, judgeExperiment(experiment, [base, ...rest]));
  terminal.log(`Tried ${report.candidates} changes in ${report.runs} runs, ${formatDuration(now() - begun)}.`);
  await printOutput(options, terminal, { text: () => adviceText(report), json: () => adviceJson(report), csv: () => '' });
  return EXIT.done;
}
