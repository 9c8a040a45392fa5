import { problemSentence } from '../../src-shared/analysis/sweep-plan';
import { concerns } from '../../src-shared/project/objective-problems';
import type { Project } from '../../src-shared/project/project';
import type { Search } from '../../src-shared/project/search';
import type { Sweep } from '../../src-shared/project/sweep';
import { pointVariant, refusedValue, type SweepPoint, sweepPoints } from '../../src-shared/project/sweep-points';
import { applyVariant } from '../../src-shared/project/variant';
import { problemsOfFault } from '../../src-shared/run/batch';
import { prepareVariant } from '../../src-shared/run/variants';
import { modelText } from '../run/model-of';

/** A sweep or a search, as far as both are alike. */
export type Experiment = Pick<Sweep, 'design' | 'axes'> & { readonly replications?: number | undefined };

/**
 * Everything that the numbers of an experiment depend on, as text. What it varies counts by its values alone: applying a setting to the
 * design does not make its own result old. Empty where the experiment cannot run.
 */
export function experimentModel(project: Project, experiment: Experiment | Search | Sweep): string {
  const points = sweepPoints(project, experiment);
  const first = points.ok ? points.value[0] : undefined;
  if (first === undefined) return '';
  const changed = applyVariant(project, pointVariant(experiment, first.values));
  if (!changed.ok) return '';
  const { axes, replications } = experiment;
  return JSON.stringify([
    modelText(changed.value, experiment.design),
    axes,
    replications ?? null,
    'refine' in experiment ? experiment.refine : null,
    'monotone' in experiment ? experiment.monotone : null,
    project.objectives,
    'objectives' in experiment ? experiment.objectives : null,
  ]);
}

/** Most points whose designs are checked before a run; the run itself checks all of them. */
const CHECKED_POINTS = 24;

/** What makes an experiment impossible, in sentences; empty where nothing is known to. */
export function experimentReasons(project: Project, experiment: Experiment): readonly string[] {
  const design = project.designs.find(({ id }) => id === experiment.design);
  if (design === undefined) return ['Its design does not exist any more: choose another one.'];
  const paths = experiment.axes.map(({ parameter }) => parameter);
  if (new Set(paths).size < paths.length) return ['The same parameter is varied twice: choose another one.'];
  const points = sweepPoints(project, experiment);
  if (!points.ok) return [points.error];
  for (const [axis, path] of paths.entries()) {
    const refused = refusedValue(
      project,
      design,
      path,
      points.value.map(({ values }) => values[axis]),
    );
    if (refused !== null) return [refused];
  }
  const lines = new Set<string>();
  for (const point of some(points.value)) {
    const prepared = prepareVariant(project, pointVariant(experiment, point.values));
    if (prepared.ok) continue;
    const changed = prepared.error.kind === 'problems' ? (prepared.error.project.designs.find(({ id }) => id === experiment.design) ?? design) : design;
    for (const problem of problemsOfFault(prepared.error)) if (problem.severity === 'error') lines.add(problemSentence(changed, problem));
  }
  return [...lines];
}

/** Points from all over the list, the first and the last among them. */
function some(points: readonly SweepPoint[]): readonly SweepPoint[] {
  if (points.length <= CHECKED_POINTS) return points;
  return Array.from({ length: CHECKED_POINTS }, (_, index) => points[Math.round((index * (points.length - 1)) / (CHECKED_POINTS - 1))] as SweepPoint);
}

/** What makes a search impossible besides. */
export function searchReasons(project: Project, search: Search): readonly string[] {
  const design = project.designs.find(({ id }) => id === search.design);
  const demanded = project.objectives.filter(({ id }) => search.objectives === undefined || search.objectives.includes(id));
  if (design !== undefined && !demanded.some((objective) => concerns(project, design, objective)))
    return ['No objective must hold: choose at least one that is about this design.'];
  return experimentReasons(project, search);
}
