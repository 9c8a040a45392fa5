import type { RunSettings } from '../project/project';
import type { AxisValue } from '../project/sweep-points';
import type { Measured, ObjectiveVerdict, RunResult } from '../run/result';
import { type LoadLatency, loadLatencyOf, type Scalability, scalabilityOf } from './sweep-curves';

/** One axis of a sweep, with the words of its parameter. */
export interface SweepAxis {
  /** `part.parameter` */
  readonly parameter: string;
  readonly title: string;
  readonly unit: string;
  /** Whether it counts things, such as replicas or users. */
  readonly whole: boolean;
}

/** What is the same for every point of a sweep, and for every shard of it. */
export interface SweepHeader {
  readonly engineVersion: string;
  /** Fingerprint of the project and of the sweep: only shards with equal ones are merged. */
  readonly fingerprint: string;
  readonly project: { readonly name: string };
  readonly design: { readonly id: string; readonly name: string };
  readonly sweep: { readonly name: string };
  readonly axes: readonly SweepAxis[];
  /** Changes of the form `part.parameter=value` that all points share. */
  readonly changes: readonly string[];
  readonly settings: RunSettings;
}

/** What the run of one point found: the summary of its result. */
export interface SweepPointResult {
  /** Number of the point; those that refinement added follow those of the grid. */
  readonly index: number;
  readonly values: readonly AxisValue[];
  readonly ended: RunResult['ended'];
  readonly replications: number;
  readonly events: number;
  readonly endToEnd: Measured;
  readonly components: readonly (Measured & { readonly id: string; readonly name: string; readonly kind: string })[];
  readonly objectives: readonly ObjectiveVerdict[];
  readonly findings: RunResult['findings'];
}

/** The points that one machine of several has run. */
export interface SweepPart extends SweepHeader {
  readonly format: 'topolab-sweep-part';
  readonly formatVersion: 1;
  /** This one, from 1, of how many. */
  readonly shard: { readonly index: number; readonly count: number };
  /** Points of the whole sweep. */
  readonly total: number;
  readonly points: readonly SweepPointResult[];
}

/** A whole sweep. */
export interface SweepResult extends SweepHeader {
  readonly format: 'topolab-sweep';
  readonly formatVersion: 1;
  readonly points: readonly SweepPointResult[];
  /** Where one axis raises the load: latency against load, with the knee. */
  readonly loadLatency: LoadLatency | null;
  /** Where one axis counts things: throughput against their number, with a fit of the Universal Scalability Law. */
  readonly scalability: Scalability | null;
}

/** The summary of the result of a point. */
export function sweepPointOf(index: number, values: readonly AxisValue[], result: RunResult): SweepPointResult {
  const { ended, replications, events, endToEnd, components, objectives, findings } = result;
  return { index, values, ended, replications, events, endToEnd, components: components.map(({ instances: _instances, ...row }) => row), objectives, findings };
}

/** Makes the result of a sweep from its points, in whatever order they come: the same for one machine and for the shards of several. */
export function finishSweep(header: SweepHeader, results: readonly SweepPointResult[]): SweepResult {
  const points = [...results].sort((a, b) => a.index - b.index);
  return {
    format: 'topolab-sweep',
    formatVersion: 1,
    ...headerOf(header),
    points,
    loadLatency: loadLatencyOf(header, points),
    scalability: scalabilityOf(header, points),
  };
}

/** The points of one shard, for {@link mergeParts}. */
export function sweepPart(header: SweepHeader, shard: SweepPart['shard'], total: number, points: readonly SweepPointResult[]): SweepPart {
  return { format: 'topolab-sweep-part', formatVersion: 1, ...headerOf(header), shard, total, points };
}

/** Exactly the names of a header, in a fixed order, so that equal headers are equal texts. */
export function headerOf(header: SweepHeader): SweepHeader {
  const { engineVersion, fingerprint, project, design, sweep, axes, changes, settings } = header;
  return { engineVersion, fingerprint, project, design, sweep, axes, changes, settings };
}
