import type { LoweringContext } from '../lowering';
import { NS_PER_MS } from '../lowering';
import type { ParamValues } from '../params';
import type { telemetryCollectorParams } from './telemetry-collector-params';

/** The values of a telemetry collector. */
export type CollectorValues = ParamValues<typeof telemetryCollectorParams>;

/** A collector becomes one station that takes what its batches and reports say, and says what the parts linked to it report. */
export function lowerTelemetryCollector(values: CollectorValues, context: LoweringContext): void {
  const ns = (ms: number): number => ms * NS_PER_MS;
  context.collect({
    sampling: values.sampling,
    interval: Math.max(1, Math.floor(ns(values.intervalMs) + 0.5)),
    points: values.points,
    exportDelay: Math.floor(ns(values.exportDelayMs) + 0.5),
    batchSpans: values.batchSpans,
    bufferSpans: values.bufferSpans,
    spanWork: ns(values.spanCostMs),
    pointWork: ns(values.pointCostMs),
    spanBytes: values.spanBytes,
    pointBytes: values.pointBytes,
    spanProcessing: ns(values.spanProcessingMs),
    pointProcessing: ns(values.pointProcessingMs),
  });
  context.addStation({
    instance: 0,
    servers: values.servers,
    discipline: 'fifo',
    queueLimit: values.queueLimit ?? Infinity,
    demands: [{ type: 'work' }],
    demandOf: context.operations.map(() => 0),
    calls: [],
    forwards: [],
    parallel: false,
    waitFor: Infinity,
    holdsServer: false,
  });
}
