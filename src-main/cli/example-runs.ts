import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { MetricName } from '../../src-shared/engine/metrics';
import { parseProject } from '../../src-shared/project/parse';
import type { Project } from '../../src-shared/project/project';
import { setParameter } from '../../src-shared/project/set-parameter';
import type { ComponentSeriesName, RunResult, SystemSeriesName } from '../../src-shared/run/result';
import { simulate } from '../../src-shared/run/simulate';

const folder = resolve(import.meta.dirname, '../../examples');

/** Ids of the examples: their file names without the extension, in alphabetical order. */
export const EXAMPLES: readonly string[] = readdirSync(folder)
  .filter((name) => name.endsWith('.topolab'))
  .map((name) => name.replace(/\.topolab$/, ''))
  .sort();

/** The text of an example's file. */
export function exampleText(id: string): string {
  return readFileSync(join(folder, `${id}.topolab`), 'utf8');
}

/** An example, as the program opens it. */
export function openExample(id: string): Project {
  const parsed = parseProject(exampleText(id));
  if (!parsed.ok) throw new Error(`${id}: ${parsed.error.place}: ${parsed.error.problem}`);
  return parsed.value;
}

/** How a run of an example differs from what its file says. */
export interface Change {
  readonly seed?: number;
  readonly durationMs?: number;
  readonly warmUpMs?: number;
  /** Parameters as `--set` takes them. */
  readonly set?: readonly string[];
}

const done = new Map<string, RunResult>();

/** Runs one replication of a design of an example, whose balances must hold; equal runs are made once. */
export function runExample(id: string, designId: string, change: Change = {}): RunResult {
  const { set = [], ...settings } = { seed: 1, ...change };
  const key = JSON.stringify([id, designId, settings, set]);
  const known = done.get(key);
  if (known !== undefined) return known;
  const stored = openExample(id);
  let project: Project = { ...stored, settings: { ...stored.settings, ...settings, replications: 1 } };
  for (const assignment of set) {
    const design = project.designs.find((candidate) => candidate.id === designId);
    if (design === undefined) throw new Error(`${id} has no design ${designId}`);
    const changed = setParameter(project, design, assignment);
    if (!changed.ok) throw new Error(changed.error);
    project = changed.value;
  }
  const result = simulate(project, designId);
  if (!result.ok) throw new Error(`${id}, ${designId}: ${result.error[0]?.message}`);
  const { conservation, little } = result.value.checks;
  if (!conservation.holds || !little.holds) throw new Error(`${id}, ${designId}: the balances do not hold`);
  done.set(key, result.value);
  return result.value;
}

/** Designs of an example of which a run has been made, by id. */
export function designsRun(id: string): string[] {
  const keys = [...done.keys()].map((key) => JSON.parse(key) as [string, string]);
  return [...new Set(keys.filter(([example]) => example === id).map(([, design]) => design))].sort();
}

/** A metric end to end, or (as `part.metric` or `link.metric`) of a part or link; what has no value is an error. */
export function read(result: RunResult, what: string): number {
  const [metric, id] = what.split('.').reverse() as [MetricName, string | undefined];
  const row = id === undefined ? result.endToEnd : [...result.components, ...result.links].find((candidate) => candidate.id === id);
  const value = row?.metrics[metric];
  if (value === undefined) throw new Error(`${result.design.id} has no ${what}`);
  return value;
}

/** Mean of a series (of a part, as `part.column`) over the points between two instants, in s of simulated time. */
export function between(result: RunResult, what: string, fromS: number, toS: number): number {
  const [column, id] = what.split('.').reverse() as [string, string | undefined];
  const values =
    id === undefined
      ? result.series.endToEnd[column as SystemSeriesName]
      : result.series.components.find((part) => part.id === id)?.columns[column as ComponentSeriesName];
  const { timeMs } = result.series;
  const taken = (values ?? []).filter((value, i): value is number => value !== null && (timeMs[i - 1] ?? 0) >= fromS * 1000 && (timeMs[i] ?? 0) <= toS * 1000);
  if (taken.length === 0) throw new Error(`${result.design.id} has no ${what} from ${fromS} s to ${toS} s`);
  return taken.reduce((sum, value) => sum + value, 0) / taken.length;
}
