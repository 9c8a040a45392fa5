import { err, ok, type Result } from '../base/result';
import type { Plan } from '../engine/plan';
import { concerns } from '../project/objective-problems';
import type { Project } from '../project/project';
import type { Search as SearchRecord } from '../project/search';
import { POINT_LIMIT, type SweepPoint, sweepPoints } from '../project/sweep-points';
import { enumerate, quote } from '../project/words';
import type { RunResult } from '../run/result';
import { createSearch, type SearchGrid } from './search';
import { cheapestOf, type SearchCandidate, type SearchResult } from './search-result';
import { type Experiment, experimentHeader } from './sweep-plan';
import { headerOf, type SweepHeader } from './sweep-result';

/** Settings that are simulated one and all; a larger grid needs an axis that can be halved. */
export const EXHAUSTIVE_LIMIT = 1000;

/** A search that is ready to be run: the project with only the objectives that must hold, and all settings. */
export interface SearchPlan {
  readonly project: Project;
  readonly search: Experiment;
  readonly changes: readonly string[];
  readonly header: SweepHeader;
  readonly points: readonly SweepPoint[];
  readonly grid: SearchGrid;
  readonly monotone: string | null;
}

/** Makes a search ready to be run; the error says in a sentence what is wrong with it. */
export function planSearch(
  stored: Project,
  search: Omit<SearchRecord, 'id'>,
  {
    engineVersion,
    replications = search.replications,
    changes = [],
  }: { engineVersion: string; replications?: number | undefined; changes?: readonly string[] },
): Result<SearchPlan, string> {
  const project: Project = {
    ...stored,
    objectives: search.objectives === undefined ? stored.objectives : stored.objectives.filter(({ id }) => search.objectives?.includes(id) === true),
    settings: replications === undefined ? stored.settings : { ...stored.settings, replications },
  };
  const design = project.designs.find(({ id }) => id === search.design);
  if (design === undefined) return err(`The project has no design with the id ${quote(search.design)}.`);
  if (!project.objectives.some((objective) => concerns(project, design, objective)))
    return err(`The project has no objective for the design ${quote(design.name)}: there is nothing to meet.`);
  const found = sweepPoints(project, search);
  if (!found.ok) return found;
  const points = found.value;
  const monotone = search.monotone === undefined ? -1 : search.axes.findIndex(({ parameter }) => parameter === search.monotone);
  if (search.monotone !== undefined && monotone === -1)
    return err(`${quote(search.monotone)} is none of the parameters that may be set: ${enumerate(search.axes.map(({ parameter }) => parameter))}.`);
  if (monotone === -1 && points.length > EXHAUSTIVE_LIMIT)
    return err(
      `${points.length} settings are too many to simulate all of them (at most ${EXHAUSTIVE_LIMIT}). Name a parameter of which more is never worse, or make the ranges smaller (at most ${POINT_LIMIT} settings).`,
    );
  const sizes = search.axes.map((_, axis) => new Set(points.map(({ values }) => values[axis])).size);
  const header = experimentHeader(project, search, changes, engineVersion);
  if (!header.ok) return header;
  return ok({
    project,
    search,
    changes,
    header: header.value,
    points,
    grid: { sizes, monotone: monotone === -1 ? null : monotone },
    monotone: search.monotone ?? null,
  });
}

/** Runs settings, wherever; every result is told as soon as it is there, with the plan that was run. */
export type RunSettings = (points: readonly SweepPoint[], onResult: (place: number, result: RunResult, plan: Plan) => void) => Promise<void>;

/** Runs the settings of a search that are needed to find the cheapest that meets every objective. */
export async function executeSearch(plan: SearchPlan, runSettings: RunSettings, onCandidate?: (candidate: SearchCandidate) => void): Promise<SearchResult> {
  const search = createSearch(plan.grid);
  const candidates: SearchCandidate[] = [];
  for (let batch = search.next(); batch.length > 0; batch = search.next()) {
    const points = batch.flatMap((index) => plan.points[index] ?? []);
    await runSettings(points, (place, result, compiled) => {
      const point = points[place];
      if (point === undefined) return;
      const candidate = candidateOf(point, result, serversOf(compiled));
      search.tell(point.index, candidate.passes);
      candidates.push(candidate);
      onCandidate?.(candidate);
    });
  }
  return finishSearch(plan, candidates);
}

/** Makes the result of a search from the settings that were simulated. */
export function finishSearch({ header, grid, monotone, points }: SearchPlan, found: readonly SearchCandidate[]): SearchResult {
  const candidates = [...found].sort((a, b) => a.index - b.index);
  const { by, index } = cheapestOf(candidates);
  return {
    format: 'topolab-search',
    formatVersion: 1,
    ...headerOf(header),
    method: grid.monotone === null ? 'exhaustive' : 'bisection',
    monotone,
    total: points.length,
    cheapestBy: by,
    candidates,
    cheapest: index,
  };
}

function candidateOf({ index, values }: SweepPoint, { objectives, endToEnd }: RunResult, servers: number): SearchCandidate {
  return {
    index,
    values,
    passes: objectives.every(({ verdict }) => verdict === 'pass'),
    sure: objectives.every(({ sure }) => sure !== false),
    costPerHour: endToEnd.metrics.costPerHour ?? null,
    servers,
    objectives,
  };
}

/** Servers of all instances of all parts, as the parameters set them. */
function serversOf({ nodes }: Plan): number {
  return nodes.reduce((sum, node) => sum + (node.role === 'station' ? node.servers : 0), 0);
}
