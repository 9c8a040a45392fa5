import { METRICS, type MetricName } from '../engine/metrics';
import type { RunSettings } from '../project/project';
import type { RunResult, RunSamples, SampleRow } from '../run/result';
import { type Difference, difference } from './difference';
import { METRIC_NAMES } from './result-export';

/** One design, or one variant of a design, with what its run found. */
export interface ComparedRun {
  readonly label: string;
  /** Changes of the form `part.parameter=value` that the variant makes. */
  readonly changes: readonly string[];
  readonly result: RunResult;
  readonly samples: RunSamples;
}

/** One metric of one thing in all the designs that have it. */
export interface ComparisonRow {
  readonly scope: SampleRow['scope'];
  readonly id: string;
  readonly name: string;
  readonly metric: MetricName;
  readonly better: 'lower' | 'higher' | null;
  /** Value and half-width of its interval by side; null where the side has not this thing, or not this metric. */
  readonly values: readonly ({ readonly value: number; readonly halfWidth: number | null } | null)[];
  /** Difference of every side to the baseline (the first side): null for the baseline itself, and where one of the two has no value. */
  readonly differences: readonly (Difference | null)[];
}

/** Two to four designs side by side. The first one is the baseline. */
export interface Comparison {
  readonly format: 'topolab-comparison';
  readonly formatVersion: 1;
  readonly engineVersion: string;
  readonly project: { readonly name: string };
  readonly settings: RunSettings;
  readonly sides: readonly {
    readonly label: string;
    readonly design: { readonly id: string; readonly name: string };
    readonly changes: readonly string[];
    readonly ended: RunResult['ended'];
    readonly replications: number;
    readonly events: number;
    readonly warmUpMs: number;
    readonly objectives: RunResult['objectives'];
    readonly findings: RunResult['findings'];
  }[];
  readonly rows: readonly ComparisonRow[];
}

/** Fewest and most designs of a comparison. */
export const COMPARED_RUNS = { least: 2, most: 4 } as const;

/** Largest of all replications, which grows with their number: the difference of two of them tells of chance. They are not compared. */
const MAXIMA: readonly MetricName[] = ['latencyMaxMs', 'queueMax'];

/** Puts runs under the same workload and the same random numbers side by side; `runs[0]` is the baseline. */
export function compareRuns(runs: readonly ComparedRun[]): Comparison {
  const [baseline] = runs;
  if (baseline === undefined) throw new Error('Invariant broken: a comparison has a baseline');
  const tables = runs.map(tableOf);
  const rows: ComparisonRow[] = [];
  for (const key of new Set(tables.flatMap((table) => [...table.keys()]))) {
    const present = tables.map((table) => table.get(key));
    // A part that only one design has cannot be compared.
    if (present.filter((entry) => entry !== undefined).length < 2) continue;
    const named = present.find((entry) => entry !== undefined)?.row as SampleRow;
    for (const metric of METRIC_NAMES) {
      if (MAXIMA.includes(metric) || !present.some((entry) => entry?.row.values[metric] !== undefined)) continue;
      const { better } = METRICS[metric];
      const base = present[0]?.row.values[metric];
      rows.push({
        scope: named.scope,
        id: named.id,
        name: named.name,
        metric,
        better,
        values: present.map((entry) => {
          const value = entry?.measured.metrics[metric];
          return value === undefined ? null : { value, halfWidth: entry?.measured.halfWidths?.[metric] ?? null };
        }),
        differences: present.map((entry, side) => {
          const values = entry?.row.values[metric];
          return side === 0 || base === undefined || values === undefined ? null : difference(base, values, baseline.result.settings.confidence, better);
        }),
      });
    }
  }
  return {
    format: 'topolab-comparison',
    formatVersion: 1,
    engineVersion: baseline.result.engineVersion,
    project: baseline.result.project,
    settings: baseline.result.settings,
    sides: runs.map(({ label, changes, result }) => ({
      label,
      design: result.design,
      changes,
      ended: result.ended,
      replications: result.replications,
      events: result.events,
      warmUpMs: result.warmUpMs,
      objectives: result.objectives,
      findings: result.findings,
    })),
    rows,
  };
}

interface Entry {
  readonly row: SampleRow;
  readonly measured: RunResult['endToEnd'];
}

/** What a run measured by what identifies it in every design: end to end, operations, components and links by id. */
function tableOf({ result, samples }: ComparedRun): Map<string, Entry> {
  const measured = [result.endToEnd, ...result.operations, ...result.components, ...result.links];
  // Samples stand in the order of the result, which takes the same subjects from the same plan.
  return new Map(samples.rows.map((row, index) => [`${row.scope}/${row.id}`, { row, measured: measured[index] as RunResult['endToEnd'] }]));
}
