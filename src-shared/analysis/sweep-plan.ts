import type { Problem } from '../base/problem';
import { err, ok, type Result } from '../base/result';
import { sha256 } from '../base/sha-256';
import type { Design, Project } from '../project/project';
import { serializeProject } from '../project/serialize';
import { parameterAt } from '../project/set-parameter';
import type { Axis, Sweep } from '../project/sweep';
import { type SweepPoint, sweepPoints } from '../project/sweep-points';
import { quote } from '../project/words';
import { refinedValues } from './sweep-curves';
import type { SweepHeader, SweepPointResult } from './sweep-result';

/** A sweep that is ready to be run: the project with the settings of the sweep, its points, and what its result begins with. */
export interface SweepPlan {
  readonly project: Project;
  readonly sweep: Pick<Sweep, 'design' | 'axes'>;
  /** Changes of the form `part.parameter=value` that all points share. */
  readonly changes: readonly string[];
  readonly header: SweepHeader;
  readonly points: readonly SweepPoint[];
  /** Points that may be added near the knee. */
  readonly refine: number;
}

/** What a sweep is run with besides what its record says. */
export interface SweepPlanOptions {
  readonly engineVersion: string;
  /** Replications that are asked for in place of those of the sweep. */
  readonly replications?: number;
  readonly refine?: number;
  readonly changes?: readonly string[];
}

/** Makes a sweep of a project ready to be run; the error says in a sentence what is wrong with it. */
export function planSweep(
  stored: Project,
  sweep: Sweep,
  { engineVersion, replications = sweep.replications, refine = sweep.refine ?? 0, changes = [] }: SweepPlanOptions,
): Result<SweepPlan, string> {
  const project: Project = replications === undefined ? stored : { ...stored, settings: { ...stored.settings, replications } };
  const points = sweepPoints(project, sweep);
  if (!points.ok) return points;
  const header = experimentHeader(project, sweep, changes, engineVersion);
  return header.ok ? ok({ project, sweep, changes, header: header.value, points: points.value, refine }) : header;
}

/** What a sweep and a search have in common: what is varied, of which design, under which name. */
export interface Experiment {
  readonly name: string;
  readonly design: string;
  readonly axes: readonly Axis[];
}

/** What is the same for every point of an experiment. Its fingerprint covers everything that numbers depend on, and not where things stand on the canvas. */
export function experimentHeader(
  project: Project,
  { name, design: designId, axes }: Experiment,
  changes: readonly string[],
  engineVersion: string,
): Result<SweepHeader, string> {
  const design = project.designs.find(({ id }) => id === designId);
  if (design === undefined) return err(`It is of the design ${quote(designId)}, which does not exist.`);
  return ok({
    engineVersion,
    fingerprint: sha256(serializeProject({ ...project, view: { designs: {} } }) + JSON.stringify({ design: design.id, axes, changes })),
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
  });
}

/** Runs points, wherever; every result is told as soon as it is there. */
export type RunPoints = (points: readonly SweepPoint[], onPoint: (point: SweepPointResult) => void, refining: boolean) => Promise<void>;

/** Runs the points of a sweep, then those that are added near the knee, round after round, until there are as many as wanted or nothing lies between. */
export async function executeSweep(
  { header, points, refine }: SweepPlan,
  runPoints: RunPoints,
  onPoint?: (point: SweepPointResult) => void,
): Promise<readonly SweepPointResult[]> {
  const results: SweepPointResult[] = [];
  const take = (point: SweepPointResult): void => {
    results.push(point);
    onPoint?.(point);
  };
  await runPoints(points, take, false);
  for (let added = 0; added < refine; ) {
    const values = refinedValues(header, results, refine - added);
    if (values.length === 0) break;
    const from = points.length + added;
    await runPoints(
      values.map((value, place) => ({ index: from + place, values: [value] })),
      take,
      true,
    );
    added += values.length;
  }
  return results;
}

/** The parts of a problem of a design as one sentence, with the name of what it belongs to. */
export function problemSentence({ components, faults }: Pick<Design, 'components' | 'faults'>, { recordId, message, remedy }: Problem): string {
  const name = [...components, ...faults].find(({ id }) => id === recordId)?.name;
  return `${name === undefined ? '' : `${name}: `}${message} ${remedy}`;
}
