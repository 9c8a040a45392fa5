import { createHash } from 'node:crypto';
import { refinedValues } from '../../src-shared/analysis/sweep-curves';
import { isMetricName, sweepCsv, sweepJson } from '../../src-shared/analysis/sweep-export';
import { finishSweep, type SweepHeader, type SweepPart, type SweepPointResult, sweepPart, sweepPointOf } from '../../src-shared/analysis/sweep-result';
import { formatDuration, formatNumber } from '../../src-shared/base/format';
import type { MetricName } from '../../src-shared/engine/metrics';
import { serializeProject } from '../../src-shared/project/parse';
import type { Project } from '../../src-shared/project/project';
import { parameterAt } from '../../src-shared/project/set-parameter';
import type { Sweep } from '../../src-shared/project/sweep';
import type { SweepPoint } from '../../src-shared/project/sweep-points';
import { pointVariant, sweepPoints } from '../../src-shared/project/sweep-points';
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
  const settings = changedSettings(stored.settings, options);
  const project: Project = {
    ...stored,
    settings: { ...settings, ...(options.replications === undefined && sweep.replications !== undefined ? { replications: sweep.replications } : {}) },
  };
  const found = sweepPoints(project, sweep);
  if (!found.ok) throw new CommandFailure(EXIT.usage, found.error);
  const refine = options.refine === false ? 0 : options.refine === undefined ? (sweep.refine ?? 0) : wholeNumber('--refine', options.refine);
  const shard = readShard(options.shard);
  if (shard !== null && refine > 0)
    throw new CommandFailure(EXIT.usage, 'Points near the knee are found from the results of all others, which one shard has not: add --no-refine.');
  if (shard !== null && options.csv === true) throw new CommandFailure(EXIT.usage, 'A shard is written as JSON, for topolab merge.');

  const header = sweepHeader(project, sweep, options.set);
  const chosen = shard === null ? found.value : found.value.filter(({ index }) => index % shard.count === shard.index - 1);
  const results: SweepPointResult[] = [];
  const begun = now();
  const run = async (points: readonly SweepPoint[], signal: AbortSignal, task: string): Promise<void> => {
    const variants = prepareVariants(
      project,
      points.map(({ values }) => pointVariant(sweep, values, options.set)),
      terminal,
    );
    await variantsInThreads(entry, project, variants, {
      threads,
      signal,
      onProgress: progressMeter(terminal, task, now),
      onRun: ({ result }, place) => {
        const point = points[place];
        if (point !== undefined) results.push(sweepPointOf(point.index, point.values, result));
      },
    });
  };
  await cancellable(async (signal) => {
    await run(chosen, signal, `Sweeping ${chosen.length} points`);
    for (let added = 0; added < refine; ) {
      const values = refinedValues(header, results, refine - added);
      if (values.length === 0) break;
      await run(
        values.map((value, place) => ({ index: found.value.length + added + place, values: [value] })),
        signal,
        'Refining near the knee',
      );
      added += values.length;
    }
  });
  const seconds = Math.max(1e-9, (now() - begun) / 1000);
  const events = results.reduce((sum, point) => sum + point.events, 0);
  terminal.log(
    `Swept ${results.length} points × ${project.settings.replications} replications in ${formatDuration(seconds * 1000)}: ${formatNumber(events)} events, ${formatNumber(events / seconds)} per second.`,
  );
  if (shard !== null) await printOutput({ ...options, json: true }, terminal, onlyJson(sweepPart(header, shard, found.value.length, results)));
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

/** What is the same for every point of a sweep. */
export function sweepHeader(project: Project, sweep: Sweep, changes: readonly string[]): SweepHeader {
  const design = project.designs.find(({ id }) => id === sweep.design);
  if (design === undefined) throw new CommandFailure(EXIT.model, `The sweep is of the design ${quote(sweep.design)}, which does not exist.`);
  const { axes, name } = sweep;
  return {
    engineVersion: ENGINE_VERSION,
    fingerprint: createHash('sha256')
      .update(serializeProject(project))
      .update(JSON.stringify({ design: design.id, axes, changes }))
      .digest('hex'),
    project: { name: project.name },
    design: { id: design.id, name: design.name },
    sweep: { name },
    axes: axes.map(({ parameter }) => {
      const param = parameterAt(project, design, parameter);
      const declared = param.ok ? param.value : null;
      return { parameter, title: declared?.title ?? parameter, unit: declared?.unit ?? '', whole: declared?.type === 'count' };
    }),
    changes,
    settings: project.settings,
  };
}
