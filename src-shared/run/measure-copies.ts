import type { Core } from '../engine/core';
import * as L from '../engine/layout';
import type { MetricName } from '../engine/metrics';
import type { Snapshot } from '../engine/snapshot';
import type { HistogramSource, Subject } from './measure';

const STALE_QUANTILES = [
  ['staleAgeP50Ms', 0.5],
  ['staleAgeP99Ms', 0.99],
] as const;

/** Where the staleness of requests of these operations comes from; nothing in a plan without copies of data. */
export function staleHistograms({ components }: Core['plan'], operations: readonly number[]): readonly HistogramSource[] {
  if (!components.some(({ replication }) => replication !== undefined)) return [];
  return [{ counts: 'stale', indices: operations.map((operation) => components.length + operation), quantiles: STALE_QUANTILES }];
}

/** The same for a component, with its replication lag. */
export function copyHistograms({ components }: Core['plan'], component: number): readonly HistogramSource[] {
  if (components[component]?.replication === undefined) return [];
  return [
    { counts: 'stale', indices: [component], quantiles: STALE_QUANTILES },
    { counts: 'lag', indices: [component], quantiles: [['replicationLagP99Ms', 0.99]] },
  ];
}

/** Measures staleness, lag and failover between two snapshots. `operations`: those of the subject, where it is about requests. */
export function measureCopies(
  core: Core,
  subject: Subject,
  operations: readonly number[],
  from: Snapshot,
  to: Snapshot,
  set: (name: MetricName, value: number) => void,
): void {
  const { components } = core.plan;
  const spec = subject.type === 'component' ? components[subject.index]?.replication : undefined;
  const copied = components.flatMap(({ replication }, index) => (replication === undefined ? [] : [index]));
  const reads = subject.type === 'component' && spec !== undefined ? [subject.index] : operations.map((operation) => components.length + operation);
  const sum = (rows: readonly number[], field: number): number =>
    rows.reduce((total, row) => total + (to.copies[row * L.COPY_STATS + field] ?? 0) - (from.copies[row * L.COPY_STATS + field] ?? 0), 0);
  const most = (rows: readonly number[], field: number): number => Math.max(0, ...rows.map((row) => core.copies[row * L.COPY_STATS + field] ?? 0));
  const answered = sum(reads, L.Y_READS);
  if (answered > 0) {
    set('staleShare', sum(reads, L.Y_STALE) / answered);
    set('versionsBehindMean', sum(reads, L.Y_BEHIND) / answered);
    set('versionsBehindMax', most(reads, L.Y_BEHIND_MAX));
  }
  // Failover is told of the database itself and of the whole.
  const rows = spec !== undefined ? [subject.index] : subject.type === 'end-to-end' ? copied : [];
  if (rows.length === 0) return;
  if (spec !== undefined && sum(rows, L.Y_APPLIED) > 0) set('replicationLagMeanMs', sum(rows, L.Y_LAG) / sum(rows, L.Y_APPLIED) / 1e6);
  set('lostWrites', sum(rows, L.Y_LOST));
  set('recoveryPointMs', most(rows, L.Y_RECOVERY_POINT) / 1e6);
  set('promotions', sum(rows, L.Y_PROMOTIONS));
  set('elections', sum(rows, L.Y_ELECTIONS));
  set('splitVotes', sum(rows, L.Y_SPLIT));
  set('withoutPrimaryMs', sum(rows, L.Y_WITHOUT_AREA) / 1e6);
  if (sum(rows, L.Y_DETECTED) > 0) set('detectionMeanMs', sum(rows, L.Y_DETECTION) / sum(rows, L.Y_DETECTED) / 1e6);
}
