import { lagCorrelation } from '../base/statistics/lag-correlation';
import type { Engine } from '../engine/engine';
import type { MetricName } from '../engine/metrics';
import type { Plan } from '../engine/plan';
import type { Snapshot } from '../engine/snapshot';
import { addRow, type ColumnMoments, columnHalfWidth, createColumnMoments } from './column-moments';
import { type HistogramSource, histogramArrays, METRIC_ORDER, measure, type Subject } from './measure';
import { zeroSnapshot } from './replication';
import { BATCHES, type WithoutBatches } from './result';

/** Batches of a run that was stopped, from which on there are intervals. */
const FEWEST = 5;
/** Bytes of histograms kept for all batches: where those of all things take more, it is those of parts and clients, or of clients alone. */
const MOST_BYTES = 32_000_000;
const WATCHED: readonly (readonly HistogramSource['counts'][])[] = [
  ['operation', 'latency', 'waiting', 'network', 'queueing', 'seen', 'stale', 'lag'],
  ['operation', 'latency', 'waiting'],
  ['operation'],
];

/** What the batches of a replication measured, by subject. */
export interface Batches {
  readonly count: number;
  /** Length of a batch, ns. */
  readonly duration: number;
  readonly rows: readonly ColumnMoments[];
  /** Correlation of neighbouring batches in mean latency end to end; NaN: unknown. */
  readonly lagCorrelation: number;
}

/** Counts over the window: a batch has its share of them. */
const TOTALS: ReadonlySet<MetricName> = new Set(['offered', 'completed', 'failed']);
/** No mean over the window but a state at its end, or a count of what is rare: the spread of batches says nothing about them. Extremes have no interval in any case. */
const WITHOUT: ReadonlySet<MetricName> = new Set([
  'inFlight',
  'keyShare',
  'keyImbalance',
  'crashes',
  'availability',
  'instancesUp',
  'lateReplies',
  'sessionsMoved',
  'spansSeen',
  'messagesLost',
  'lostWrites',
  'promotions',
  'elections',
  'splitVotes',
  'withoutPrimaryMs',
  'detectionMeanMs',
]);

/**
 * Intervals of a single replication by the method of batch means: its measured window is cut into batches of equal length, each is read
 * as if it were a replication, and the spread of their values tells how sure their mean is. Neighbouring batches depend on each other
 * the less the longer they are; the correlation between them says whether they are long enough. A. M. Law, Simulation Modeling and
 * Analysis, 2015, section 9.5.3; the number of batches: B. W. Schmeiser, Operations Research 30, 1982, p. 556 (10 to 30). Batches are
 * alike only where nothing changes with time: where the load does, or something fails, there are none.
 */
export interface BatchMeans {
  /** A replication begins, whose window begins at `warmUp` ns. */
  restart(warmUp: number): void;
  /** The batches so far, or why there are none. */
  read(): Batches | WithoutBatches;
}

/** Whether nothing of a plan changes with time by itself: loads that begin with the run, are constant and go on, and no schedules. */
function isSteady({ nodes, components, duration }: Plan): boolean {
  if (components.some(({ scaling }) => scaling?.rule.type === 'schedule')) return false;
  return nodes.every(
    (node) =>
      node.role !== 'source' ||
      (node.start === 0 && node.stop >= duration && (node.arrivals.type === 'renewal' || node.arrivals.type === 'even' || node.arrivals.type === 'closed')),
  );
}

export function createBatchMeans(engine: Engine, plan: Plan, subjects: readonly Subject[]): BatchMeans {
  const { observer } = engine;
  const { core } = observer;
  const arrays = histogramArrays(core);
  const bytesOf = (names: readonly HistogramSource['counts'][]): number => names.reduce((sum, name) => sum + arrays[name].byteLength, 0);
  const watched = WATCHED.find((names) => (BATCHES + 1) * bytesOf(names) <= MOST_BYTES) ?? [];
  const told = subjects.map((subject): Subject => ({ ...subject, histograms: subject.histograms.filter(({ counts }) => watched.includes(counts)) }));
  const steady = isSteady(plan);
  const latency = METRIC_ORDER.indexOf('latencyMeanMs');
  /** Points of the series in a batch (0: none are read), and the point at which the first one begins. */
  let size = 0;
  let first = 0;
  /** Where batches begin and end: all counts and sums there, and the histograms. Read only when somebody asks. */
  let bounds: { readonly snapshot: Snapshot; readonly histograms: ReadonlyMap<HistogramSource['counts'], Uint32Array> }[] = [];

  const mark = (snapshot: Snapshot): void => {
    bounds.push({ snapshot, histograms: new Map(watched.map((name) => [name, arrays[name].slice()])) });
  };

  observer.onPoint = (snapshot) => {
    const point = observer.points.length;
    if (size > 0 && point >= first && (point - first) % size === 0) mark(snapshot);
  };

  const readAll = (): Batches => {
    const rows = subjects.map(() => createColumnMoments(METRIC_ORDER.length));
    const latencies: number[] = [];
    for (const [batch, to] of bounds.entries()) {
      const from = bounds[batch - 1];
      if (from === undefined) continue;
      const counts = { ...arrays };
      for (const [name, before] of from.histograms) counts[name] = (to.histograms.get(name) as Uint32Array).map((now, i) => now - (before[i] as number));
      for (const [index, { values }] of measure(core, told, from.snapshot, to.snapshot, counts).entries()) {
        addRow(rows[index] as ColumnMoments, values);
        if (index === 0 && !Number.isNaN(values[latency])) latencies.push(values[latency] as number);
      }
    }
    return { count: bounds.length - 1, duration: (size * plan.duration) / plan.seriesPoints, rows, lagCorrelation: lagCorrelation(latencies) };
  };

  return {
    restart(warmUp) {
      const points = plan.seriesPoints;
      const interval = plan.duration / points;
      size = steady ? Math.max(0, Math.floor((points - Math.ceil(warmUp / interval)) / BATCHES)) : 0;
      first = points - size * BATCHES;
      bounds = [];
      // Without a warm-up the first batch begins with the run.
      if (size > 0 && first === 0) mark(zeroSnapshot(observer.snapshot()));
    },
    read() {
      // Of the plan, or injected meanwhile.
      if (core.faults.count > 0) return 'faults';
      if (!steady) return 'changes';
      return bounds.length <= FEWEST ? 'short' : readAll();
    },
  };
}

/**
 * Half-width of the Student-t interval of a column of a subject; undefined where batches say nothing about it. `window`: length of the
 * measured window in ns, over which counts are taken.
 */
export function batchHalfWidth(batches: Batches, subject: number, column: number, window: number, confidence: number): number | undefined {
  const name = METRIC_ORDER[column] as MetricName;
  const row = batches.rows[subject];
  // A thing that was idle in most of the batches has too few values.
  if (row === undefined || (row.samples[column] ?? 0) < FEWEST || WITHOUT.has(name)) return undefined;
  const halfWidth = columnHalfWidth(row, column, confidence) ?? 0;
  return TOTALS.has(name) ? halfWidth * (window / batches.duration) : halfWidth;
}
