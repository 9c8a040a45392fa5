import { BUCKETS } from '../base/histogram';
import { intervalFactor } from '../base/statistics/intervals';
import { copiedComponents } from '../engine/copy-series';
import { FAILURE_REASONS, type MetricName } from '../engine/metrics';
import type { Plan } from '../engine/plan';
import { COMPONENT_WIDTH, LINK_WIDTH } from '../engine/series';
import type { Design, Project } from '../project/project';
import { createAlertWatch, withAlerts } from './alerts';
import { type Batches, batchHalfWidth } from './batch-means';
import { addRow, columnHalfWidth, createColumnMoments } from './column-moments';
import { expectedAvailability } from './expected-availability';
import { findingsOf } from './findings';
import { createLatencyHistograms, type LatencyHistograms } from './latency-histograms';
import { fillFromHistograms, type HistogramSource, METRIC_ORDER, type Row, type Subject, subjectsOf } from './measure';
import { telemetryLinksOf } from './measure-telemetry';
import { judgeObjectives } from './objectives';
import { addSparse, mergeHistograms } from './pooled-histogram';
import type { ReplicationPart } from './replication';
import {
  COMPONENT_SERIES,
  COPY_SERIES,
  type LatencyHistogram,
  LINK_SERIES,
  type Measured,
  type RunFault,
  type RunResult,
  type Series,
  STALENESS_SERIES,
  SYSTEM_SERIES,
  TELEMETRY_SERIES,
} from './result';

/** Version of the engine's rules: equal project, seed and engine version give equal numbers. */
export const ENGINE_VERSION = '1';

/** Relative residual of Little's law up to which it is called fulfilled: rounding of sums of doubles, nothing else. */
const LITTLE_TOLERANCE = 1e-6;

/** Takes the parts of a run in the order of their index and makes the result. */
export interface Combiner {
  /** Adds the next part; `index` must follow that of the part before. */
  add(part: ReplicationPart): void;
  count(): number;
  result(ended: RunResult['ended']): RunResult;
}

/** Largest of replications: not a mean. */
const MAXIMA: readonly MetricName[] = ['latencyMaxMs', 'queueMax', 'versionsBehindMax', 'recoveryPointMs'];

export function createCombiner(project: Project, design: Design, plan: Plan): Combiner {
  const subjects = subjectsOf(plan);
  const width = METRIC_ORDER.length;
  const { confidence } = project.settings;
  const sums = subjects.map(() => ({
    moments: createColumnMoments(width),
    max: new Float64Array(width).fill(-Infinity),
    failures: new Float64Array(FAILURE_REASONS.length),
    failureSquares: new Float64Array(FAILURE_REASONS.length),
  }));
  const pooled: Record<HistogramSource['counts'], Float64Array | null> = {
    latency: null,
    waiting: null,
    operation: null,
    network: null,
    queueing: null,
    seen: null,
    stale: null,
    lag: null,
  };
  const copied = copiedComponents(plan).length > 0;
  const sizes: Record<HistogramSource['counts'], number> = {
    latency: plan.components.length,
    waiting: plan.components.length,
    operation: plan.operations.length,
    network: plan.links.length,
    queueing: plan.links.length,
    seen: plan.links.filter(({ telemetry }) => telemetry !== undefined).length,
    stale: copied ? plan.components.length + plan.operations.length : 0,
    lag: copied ? plan.components.length : 0,
  };
  const latencies = createLatencyHistograms(plan.components.length, plan.operations.length);
  let first: ReplicationPart | null = null;
  let count = 0;
  let events = 0;
  let limited = false;
  let standsStill = false;
  const faults: RunFault[] = [];
  const violations: string[] = [];
  let checked = 0;
  let littleChecked = 0;
  let worstResidual = 0;
  let worstComponent = -1;
  let growth = new Float64Array(plan.components.length);

  const pool = (part: ReplicationPart): void => {
    for (const name of Object.keys(pooled) as HistogramSource['counts'][]) {
      const counts = pooled[name] ?? new Float64Array(sizes[name] * BUCKETS);
      pooled[name] = counts;
      addSparse(part.histograms[name], counts);
    }
  };

  /** Metrics of a subject over all replications: means, pooled percentiles, half-widths. */
  const measured = (index: number): Measured => {
    const batches = batchesOf(count, first);
    const window = (first?.simulated ?? 0) - (first?.warmUp ?? 0);
    const subject = subjects[index] as Subject;
    const sum = sums[index] as (typeof sums)[number];
    const row: Row = { values: sum.moments.mean.slice(), failures: new Float64Array(0) };
    for (const [column, name] of METRIC_ORDER.entries()) {
      if (sum.moments.samples[column] === 0) row.values[column] = NaN;
      else if (MAXIMA.includes(name)) row.values[column] = sum.max[column] ?? NaN;
    }
    if (count > 1) {
      // Percentiles are those of all requests of all replications together: percentiles are never averaged.
      const scratch = new Float64Array(BUCKETS);
      fillFromHistograms(subject, row, (source) => mergeHistograms(pooled[source.counts] as Float64Array, source.indices, scratch));
    }
    const metrics: Partial<Record<MetricName, number>> = {};
    const halfWidths: Partial<Record<MetricName, number>> = {};
    for (const [column, name] of METRIC_ORDER.entries()) {
      const value = row.values[column] as number;
      if (Number.isNaN(value)) continue;
      metrics[name] = value;
      if (MAXIMA.includes(name)) continue;
      const halfWidth = batches === null ? columnHalfWidth(sum.moments, column, confidence) : batchHalfWidth(batches, index, column, window, confidence);
      if (halfWidth !== undefined) halfWidths[name] = halfWidth;
    }
    const failures = Object.fromEntries(
      FAILURE_REASONS.flatMap((reason, i) => ((sum.failures[i] ?? 0) > 0 ? [[reason, (sum.failures[i] as number) / count]] : [])),
    );
    if (count === 1) return Object.keys(halfWidths).length === 0 ? { metrics, failures } : { metrics, halfWidths, failures };
    if (Object.keys(failures).length === 0) return { metrics, halfWidths, failures };
    const failureHalfWidths = Object.fromEntries(
      FAILURE_REASONS.flatMap((reason, i) => {
        const total = sum.failures[i] ?? 0;
        if (total === 0) return [];
        // Counts are whole numbers, far below 2^53 even as squares: nothing cancels.
        const variance = Math.max(0, (sum.failureSquares[i] as number) - (total * total) / count) / (count - 1);
        return [[reason, intervalFactor(count, confidence) * Math.sqrt(variance / count)]];
      }),
    );
    return { metrics, halfWidths, failures, failureHalfWidths };
  };

  return {
    add(part) {
      if (part.index !== count) throw new Error(`Invariant broken: part ${part.index} came as number ${count}`);
      count++;
      events += part.events;
      latencies.add(part);
      limited ||= part.limited;
      standsStill ||= part.standsStill;
      // The first part is pooled only when a second one comes: a single replication has its percentiles already.
      if (first === null) first = part;
      else {
        if (count === 2) pool(first);
        pool(part);
      }
      for (const [index, row] of part.rows.entries()) {
        const sum = sums[index] as (typeof sums)[number];
        addRow(sum.moments, row.values);
        for (let column = 0; column < width; column++) {
          const value = row.values[column] as number;
          if (value > (sum.max[column] as number)) sum.max[column] = value;
        }
        for (let reason = 0; reason < row.failures.length; reason++) {
          const failed = row.failures[reason] as number;
          sum.failures[reason] = (sum.failures[reason] as number) + failed;
          sum.failureSquares[reason] = (sum.failureSquares[reason] as number) + failed * failed;
        }
      }
      // Injected into a later replication: the first one did not have it.
      for (const fault of part.faults) if (!faults.some(({ id }) => id === fault.id)) faults.push(fault);
      checked += part.checks.checked;
      littleChecked += part.checks.littleChecked;
      if (violations.length < 20) violations.push(...part.checks.violations.map((text) => `replication ${part.index}: ${text}`));
      if (part.checks.worstResidual >= worstResidual) {
        worstResidual = part.checks.worstResidual;
        worstComponent = part.checks.worstComponent;
      }
      growth = growth.map((value, i) => value + (part.growth[i] ?? 0));
    },
    count: () => count,
    result(ended) {
      const rows = subjects.map((_, index) => measured(index));
      const at = (type: Subject['type']): number => subjects.findIndex((subject) => subject.type === type);
      const operationsFrom = 1;
      const componentsFrom = operationsFrom + plan.operations.length;
      const instancesFrom = componentsFrom + plan.components.length;
      const linksFrom = instancesFrom + plan.nodes.length;
      const row = (index: number): Measured => rows[index] as Measured;
      const watch = createAlertWatch(project, design, plan, first?.warmUp ?? 0);
      const alerts = watch?.take(first?.series ?? [], () => first?.faults ?? []) ?? [];
      const base = {
        format: 'topolab-result' as const,
        formatVersion: 1 as const,
        engineVersion: ENGINE_VERSION,
        project: { name: project.name },
        design: { id: design.id, name: design.name },
        settings: project.settings,
        ended: limited ? ('limit' as const) : ended,
        simulatedMs: (first?.simulated ?? 0) / 1e6,
        warmUpMs: (first?.warmUp ?? 0) / 1e6,
        replications: count,
        ...intervalBasis(count, first),
        events,
        endToEnd: row(at('end-to-end')),
        operations: plan.operations.map((operation, i) => ({
          clientId: plan.components[operation.component]?.id ?? '',
          operation: operation.name,
          ...row(operationsFrom + i),
        })),
        components: plan.components.map((component, i) => ({
          id: component.id,
          name: component.name,
          kind: component.kind,
          ...row(componentsFrom + i),
          instances:
            component.nodeCount > 1 ? Array.from({ length: component.nodeCount }, (_, instance) => row(instancesFrom + component.firstNode + instance)) : [],
        })),
        links: plan.links.map((link, i) => ({
          id: link.id,
          from: plan.components[link.from]?.id ?? '',
          to: plan.components[link.to]?.id ?? '',
          mode: link.mode,
          ...row(linksFrom + i),
        })),
        latencies: latencyRows(plan, subjects, latencies),
        checks: {
          conservation: { holds: violations.length === 0, checked, violations: violations.slice(0, 20) },
          little: {
            holds: worstResidual <= LITTLE_TOLERANCE,
            checked: littleChecked,
            worstResidual,
            worstComponentId: plan.components[worstComponent]?.id ?? null,
          },
        },
        series: seriesOf(plan, first),
        expected: expectedAvailability(
          plan,
          design.faults.filter((fault) => fault.disabled !== true),
        ),
        faults,
        journal: withAlerts(first?.journal ?? [], alerts),
        journalDropped: (first?.journalDropped ?? 0) + (watch?.dropped() ?? 0),
        requests: first?.requests ?? [],
      };
      const objectives = judgeObjectives(project, design, base, first?.faults ?? []);
      const meanGrowth = growth.map((value) => value / Math.max(1, count));
      return { ...base, objectives, findings: findingsOf(base, meanGrowth, standsStill, objectives) };
    },
  };
}

/** The batches of the only replication of a run; null where there are several, or none. */
function batchesOf(count: number, first: ReplicationPart | null): Batches | null {
  const reading = count === 1 ? (first?.batches ?? null) : null;
  return reading === null || typeof reading === 'string' ? null : reading;
}

/** What the intervals of a single replication rest on, or why it has none. */
function intervalBasis(count: number, first: ReplicationPart | null): Pick<RunResult, 'batches' | 'noBatches'> {
  const batches = batchesOf(count, first);
  if (batches !== null) return { batches: { count: batches.count, durationMs: batches.duration / 1e6, lagCorrelation: orNull(batches.lagCorrelation) } };
  return count === 1 && typeof first?.batches === 'string' ? { noBatches: first.batches } : {};
}

const orNull = (value: number | undefined): number | null => (value === undefined || Number.isNaN(value) ? null : value);

function latencyRows(plan: Plan, subjects: readonly Subject[], latencies: LatencyHistograms): LatencyHistogram[] {
  return subjects.flatMap(({ type, index, histograms }) => {
    if (type === 'instance' || type === 'link') return [];
    const source = histograms.find(({ counts }) => counts === 'latency' || counts === 'operation');
    const buckets = source === undefined ? undefined : latencies.of(source);
    if (buckets === undefined) return [];
    const operation = type === 'operation' ? plan.operations[index] : undefined;
    const id = type === 'end-to-end' ? '' : (plan.components[operation?.component ?? index]?.id ?? '');
    return [{ scope: type, id, operation: operation?.name ?? null, ...buckets }];
  });
}

function seriesOf(plan: Plan, part: ReplicationPart | null): Series {
  const rows = part?.series ?? [];
  const telemetryLinks = telemetryLinksOf(plan);
  const copied = copiedComponents(plan);
  const column = (read: (row: (typeof rows)[number]) => number | undefined): (number | null)[] => rows.map((row) => orNull(read(row)));
  return {
    timeMs: rows.map((row) => row.at / 1e6),
    endToEnd: Object.fromEntries(SYSTEM_SERIES.map((name, i) => [name, column((row) => row.system[i])])) as unknown as Series['endToEnd'],
    components: plan.components.map((component, index) => ({
      id: component.id,
      columns: Object.fromEntries(
        COMPONENT_SERIES.map((name, i) => [name, column((row) => row.components[index * COMPONENT_WIDTH + i])]),
      ) as unknown as Series['components'][number]['columns'],
    })),
    links: plan.links.map((link, index) => ({
      id: link.id,
      columns: Object.fromEntries(
        LINK_SERIES.map((name, i) => [name, column((row) => row.links[index * LINK_WIDTH + i])]),
      ) as unknown as Series['links'][number]['columns'],
    })),
    ...(copied.length === 0
      ? {}
      : {
          copies: {
            endToEnd: Object.fromEntries(STALENESS_SERIES.map((name, i) => [name, column((row) => row.copies?.[i])])) as unknown as NonNullable<
              Series['copies']
            >['endToEnd'],
            components: copied.map((component, index) => ({
              id: plan.components[component]?.id ?? '',
              columns: Object.fromEntries(
                COPY_SERIES.map((name, i) => [name, column((row) => row.copies?.[STALENESS_SERIES.length + index * COPY_SERIES.length + i])]),
              ) as unknown as NonNullable<Series['copies']>['components'][number]['columns'],
            })),
          },
        }),
    ...(telemetryLinks.length === 0
      ? {}
      : {
          telemetry: telemetryLinks.map((link, index) => ({
            ...link,
            columns: Object.fromEntries(
              TELEMETRY_SERIES.map((name, i) => [name, column((row) => row.telemetry?.[index * TELEMETRY_SERIES.length + i])]),
            ) as unknown as NonNullable<Series['telemetry']>[number]['columns'],
          })),
        }),
  };
}
