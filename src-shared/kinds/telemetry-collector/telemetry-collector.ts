import { formatDuration, formatNumber, formatShare } from '../../base/format';
import type { KindProblem } from '../kind';
import { defineKind } from '../kind';
import { lowerTelemetryCollector } from './telemetry-collector-behaviour';
import { telemetryCollectorManual } from './telemetry-collector-manual';
import { telemetryCollectorParams } from './telemetry-collector-params';

/** Gathers spans and metrics from the parts that are linked to it. */
export const telemetryCollector = defineKind({
  id: 'telemetry-collector',
  title: 'Telemetry collector',
  version: 1,
  group: 'Observing',
  help: 'Gathers traces and metrics of the parts that are linked to it: sampled, late, and at a cost to them.',
  manual: telemetryCollectorManual,
  ports: { in: true, out: false },
  telemetry: 'collects',
  params: telemetryCollectorParams,
  stored: 'component',
  migrations: [],
  look: {
    icon: 'M4 19h16M4 15l4 -6l4 3l4 -7l4 4M8 9v0M12 12v0M16 5v0',
    accent: 'observing',
    badges: ['utilisation', 'queueMean', 'throughput', 'failureShare'],
  },
  summary: (values) => `${formatShare(values.sampling)} of requests · metrics every ${formatDuration(values.intervalMs)}`,
  problems: (values) => {
    const problems: KindProblem[] = [];
    if (values.batchSpans > values.bufferSpans)
      problems.push({
        severity: 'warning',
        code: 'batch-above-buffer',
        path: 'batchSpans',
        message: `A batch of ${formatNumber(values.batchSpans, 9)} spans never fills: only ${formatNumber(values.bufferSpans, 9)} may wait, so that batches leave after the export delay only.`,
        remedy: 'Make the batch smaller or the buffer larger.',
      });
    return problems;
  },
  estimate: { capacity: (values) => ({ instances: 1, servers: values.servers }) },
  lower: lowerTelemetryCollector,
});
