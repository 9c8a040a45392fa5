import { isMetricName, sweepCsv, sweepJson } from '../../src-shared/analysis/sweep-export';
import { executeSweep, planSweep } from '../../src-shared/analysis/sweep-plan';
import { finishSweep, type SweepPart, sweepPart, sweepPointOf } from '../../src-shared/analysis/sweep-result';
import { formatDuration, formatNumber } from '../../src-shared/base/format';
import type { MetricName } from '../../src-shared/engine/metrics';
import { pointVariant } from '../../src-shared/project/sweep-points';
import { quote } from '../../src-shared/project/words';
import { ENGINE_VERSION } from '../../src-shared/run/combine';
import { cancellable } from './cancel';
import { chooseSweep, type SweepChoice } from './choose-sweep';
import { prepareVariants } from './choose-variants';
import { CommandFailure, EXIT } from './exit-code';
import { sweepText } from './print-sweep';
import { progressMeter } from './progress';
import { readProject } from './read-project';
import { changedSettings, type OutputOptions, printOutput, type RunOptions, type ThreadOptions, threadsOf, wholeNumber } from './run-options';
import type { Terminal } from './terminal';
import { variantsInThreads } from './variants-in-threads';

/** Options of `topolab sweep`, as the command line gives them. */
export interface SweepOptions extends RunOptions, OutputOptions, ThreadOptions, SweepChoice {
  readonly set: readonly string[];
  readonly shard?: string;
  /** Number of points to add near the knee; false: none, whatever the sweep says. */
  readonly refine?: string | false;
  readonly metric?: string;
}

/** `topolab sweep FILE`: runs every point of a sweep on all cores, or every n-th of them as one machine of several. */
export async function sweepCommand(entry: string, file: string, options: SweepOptions, terminal: Terminal, now: () => number): Promise<number> {
  const metric = chooseMetric(options.metric);
  const threads = threadsOf(options);
  const stored = await readProject(file);
  const sweep = chooseSweep(stored, options);
  const refine = options.refine === false ? 0 : options.refine === undefined ? (sweep.refine ?? 0) : wholeNumber('--refine', options.refine);
  const changed = { ...stored, settings: changedSettings(stored.settings, options) };
  const planned = planSweep(changed, sweep, {
    engineVersion: ENGINE_VERSION,
    refine,
    changes: options.set,
    ...(options.replications === undefined ? {} : { replications: changed.settings.replications }),
  });
  if (!planned.ok) throw new CommandFailure(EXIT.usage, planned.error);
  const { project, header, points: all } = planned.value;
  const shard = readShard(options.shard);
  if (shard !== null && refine > 0)
    throw new CommandFailure(EXIT.usage, 'Points near the knee are found from the results of all others, which one shard has not: add --no-refine.');
  if (shard !== null && options.csv === true) throw new CommandFailure(EXIT.usage, 'A shard is written as JSON, for topolab merge.');

  const points = shard === null ? all : all.filter(({ index }) => index % shard.count === shard.index - 1);
  const begun = now();
  const results = await cancellable((signal) =>
    executeSweep({ ...planned.value, points, refine }, async (some, onPoint, refining) => {
      const variants = prepareVariants(
        project,
        some.map(({ values }) => pointVariant(sweep, values, options.set)),
        terminal,
      );
      await variantsInThreads(entry, project, variants, {
        threads,
        signal,
        onProgress: progressMeter(terminal, refining ? 'Refining near the knee' : `Sweeping ${some.length} points`, now),
        onRun: ({ result }, place) => {
          const point = some[place];
          if (point !== undefined) onPoint(sweepPointOf(point.index, point.values, result));
        },
      });
    }),
  );
  const seconds = Math.max(1e-9, (now() - begun) / 1000);
  const events = results.reduce((sum, point) => sum + point.events, 0);
  terminal.log(
    `Swept ${results.length} points × ${project.settings.replications} replications in ${formatDuration(seconds * 1000)}: ${formatNumber(events)} events, ${formatNumber(events / seconds)} per second.`,
  );
  if (shard !== null) await printOutput({ ...options, json: true }, terminal, onlyJson(sweepPart(header, shard, all.length, results)));
  else {
    const whole = finishSweep(header, results);
    await printOutput(options, terminal, { text: () => sweepText(whole, metric), json: () => sweepJson(whole), csv: () => sweepCsv(whole) });
  }
  return EXIT.done;
}

/** The metric that tables of two axes show. */
export function chooseMetric(name: string | undefined): MetricName {
  const metric = name ?? 'latencyP95Ms';
  if (!isMetricName(metric))
    throw new CommandFailure(EXIT.usage, `There is no metric ${quote(metric)}; such as latencyP95Ms, throughput, failureShare, costPerHour.`);
  return metric;
}

function onlyJson(part: SweepPart): Readonly<Record<'text' | 'json' | 'csv', () => string>> {
  const json = (): string => sweepJson(part);
  return { text: json, json, csv: json };
}

function readShard(text: string | undefined): SweepPart['shard'] | null {
  if (text === undefined) return null;
  const match = /^(\d+)\/(\d+)$/.exec(text);
  const [index, count] = [Number(match?.[1]), Number(match?.[2])];
  if (match === null || index < 1 || count < index) throw new CommandFailure(EXIT.usage, `--shard ${quote(text)} must be like 1/4, from 1/4 to 4/4.`);
  return { index, count };
}
