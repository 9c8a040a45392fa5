import { intervalText } from '../../src-shared/analysis/interval-text';
import { formatFailures, formatMeasured } from '../../src-shared/analysis/metric-text';
import { formatDuration, formatNumber } from '../../src-shared/base/format';
import type { MetricName } from '../../src-shared/engine/metrics';
import { FAILURE_REASONS, FAILURE_TITLES, METRICS } from '../../src-shared/engine/metrics';
import { kindOf } from '../../src-shared/kinds/registry';
import type { Measured, RunResult } from '../../src-shared/run/result';
import { objectiveLines } from './print-objectives';
import type { Column } from './table';
import { textTable } from './table';

export { formatInterval, formatMetric } from '../../src-shared/analysis/metric-text';

const REQUEST_METRICS: readonly MetricName[] = ['offeredRate', 'throughput', 'failureShare', 'latencyMeanMs', 'latencyP50Ms', 'latencyP95Ms', 'latencyP99Ms'];
const COMPONENT_METRICS: readonly MetricName[] = [
  'utilisation',
  'queueMean',
  'inSystemMean',
  'waitingMeanMs',
  'throughput',
  'failureShare',
  'latencyMeanMs',
  'latencyP50Ms',
  'latencyP95Ms',
  'latencyP99Ms',
];
const LINK_METRICS: readonly MetricName[] = [
  'callRate',
  'bytesRate',
  'utilisation',
  'networkMeanMs',
  'networkP99Ms',
  'queueingMeanMs',
  'messagesLost',
  'failureShare',
];

/** What callers see of the calls of a link that guards them: attempts and calls are counted apart there. */
const GUARD_METRICS: readonly MetricName[] = [
  'callSuccessShare',
  'callLatencyMeanMs',
  'amplification',
  'retryRate',
  'backoffMean',
  'hedgeShare',
  'hedgeWinShare',
  'breakerOpenShare',
  'rejectedShare',
  'fallbackShare',
];

/** Shorter headings than the titles, where the context says the rest. */
const HEADINGS: Partial<Record<MetricName, string>> = {
  offeredRate: 'offered',
  throughput: 'done',
  failureShare: 'failed',
  latencyMeanMs: 'mean',
  latencyP50Ms: 'p50',
  latencyP95Ms: 'p95',
  latencyP99Ms: 'p99',
  utilisation: 'busy',
  queueMean: 'queue',
  inSystemMean: 'in system',
  waitingMeanMs: 'waiting',
  callRate: 'calls',
  bytesRate: 'traffic',
  networkMeanMs: 'network',
  networkP99Ms: 'network p99',
  queueingMeanMs: 'queueing',
  messagesLost: 'lost',
  callSuccessShare: 'succeeded',
  callLatencyMeanMs: 'mean',
  amplification: 'attempts per call',
  retryRate: 'retries',
  backoffMean: 'waiting to retry',
  hedgeShare: 'hedged',
  hedgeWinShare: 'won by the hedge',
  breakerOpenShare: 'breaker open',
  rejectedShare: 'turned away',
  fallbackShare: 'fallbacks',
  seenThroughput: 'throughput',
  seenFailureShare: 'failed',
  seenUtilisation: 'busy',
  seenLatencyP50Ms: 'p50',
  seenLatencyP95Ms: 'p95',
  seenLatencyP99Ms: 'p99',
  spansSeen: 'spans',
  spanDropShare: 'dropped',
  spanLossShare: 'lost',
  spanDelayMeanMs: 'delay',
  telemetryAgeMeanMs: 'age',
  telemetryOverheadShare: 'overhead',
};

/** What a collector shows of a part; the truth stands among the components. */
const SEEN_METRICS: readonly MetricName[] = [
  'seenThroughput',
  'seenUtilisation',
  'seenFailureShare',
  'seenLatencyP50Ms',
  'seenLatencyP95Ms',
  'seenLatencyP99Ms',
  'spansSeen',
  'spanDropShare',
  'spanLossShare',
  'spanDelayMeanMs',
  'telemetryAgeMeanMs',
  'telemetryOverheadShare',
];

/** What reads of copies showed, and what failovers cost. */
const COPY_METRICS: readonly MetricName[] = [
  'staleShare',
  'staleAgeP50Ms',
  'staleAgeP99Ms',
  'versionsBehindMax',
  'replicationLagMeanMs',
  'replicationLagP99Ms',
  'lostWrites',
  'recoveryPointMs',
  'withoutPrimaryMs',
  'promotions',
];

/** A result as text for people: end to end, operations, components, links, what failed, the self-checks. */
export function resultText(result: RunResult): string {
  const several = result.replications > 1;
  const lines = [
    `${result.project.name} · ${result.design.name}`,
    `seed ${result.settings.seed}, ${formatDuration(result.simulatedMs)} simulated, the first ${formatDuration(result.warmUpMs)} left out, ${result.replications} ${several ? 'replications' : 'replication'}, ${result.events} events`,
    intervalText(result),
    ...(result.ended === 'finished' ? [] : [`The run ended early: ${result.ended}.`]),
    '',
    ...section('End to end', 'client', REQUEST_METRICS, [
      ['all requests', result.endToEnd],
      ...result.operations.map((row) => [`${row.clientId}: ${row.operation}`, row] as const),
    ]),
    ...section(
      'Components',
      'component',
      COMPONENT_METRICS,
      result.components.map((row) => [row.name, row]),
    ),
    ...section(
      'Links',
      'link',
      LINK_METRICS,
      result.links.map((row) => [`${row.from} → ${row.to}${row.mode === 'forward' ? ' (forward)' : ''}`, row]),
    ),
    ...section(
      'Guarded calls',
      'link',
      GUARD_METRICS,
      result.links.filter(({ metrics }) => metrics.amplification !== undefined).map((row) => [`${row.from} → ${row.to}`, row]),
    ),
    ...section(
      'Copies of data',
      'of',
      COPY_METRICS,
      [
        ['all requests', result.endToEnd] as const,
        ...result.operations.map((row) => [`${row.clientId}: ${row.operation}`, row] as const),
        ...result.components.filter(({ metrics }) => metrics.promotions !== undefined).map((row) => [row.name, row] as const),
      ].filter(([, { metrics }]) => COPY_METRICS.some((name) => metrics[name] !== undefined)),
    ),
    ...section(
      'Seen by telemetry',
      'part → collector',
      SEEN_METRICS,
      result.links.filter(({ mode }) => mode === 'telemetry').map((row) => [`${row.from} → ${row.to}`, row]),
    ),
    ...failureLines(result),
    ...objectiveLines(result),
    ...availabilityLines(result),
    ...checkLines(result),
    ...findingLines(result),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

function section(title: string, first: string, metrics: readonly MetricName[], rows: readonly (readonly [string, Measured])[]): string[] {
  if (rows.length === 0) return [];
  const columns: Column[] = [{ title: first }, ...metrics.map((name) => ({ title: HEADINGS[name] ?? METRICS[name].title, numeric: true }))];
  const cells = rows.map(([name, measured]) => [name, ...metrics.map((metric) => formatMeasured(metric, measured))]);
  return [title, ...textTable(columns, cells).map((line) => `  ${line}`), ''];
}

function failureLines(result: RunResult): string[] {
  const lines = (name: string, measured: Measured): string[] =>
    FAILURE_REASONS.flatMap((reason) =>
      (measured.failures[reason] ?? 0) > 0 ? [`  ${name}: ${FAILURE_TITLES[reason]} ${formatFailures(reason, measured)}`] : [],
    );
  // What clients see is what all requests are, and links repeat what happened behind them: each failure is shown where it arose.
  const parts = result.components.filter((row) => kindOf(row.kind)?.ports.in !== false);
  const all = [...lines('all requests', result.endToEnd), ...parts.flatMap((row) => lines(row.name, row))];
  return all.length === 0 ? [] : ['Failures by reason', ...all, ''];
}

/** What random crashes and cuts let expect; nothing where there are none. */
function availabilityLines({ expected, components }: RunResult): string[] {
  const parts = [...expected.components].filter(({ availability }) => availability < 1);
  if (expected.availability === 1 && parts.length === 0) return [];
  const percent = (share: number): string => `${formatNumber(share * 100, 6)} %`;
  return [
    'Availability to be expected from failures and repairs by chance',
    `  end to end: ${percent(expected.availability)}, ${formatDuration(expected.downtimePerYearS * 1000)} of downtime a year`,
    ...parts.map(({ id, availability }) => `  ${components.find((row) => row.id === id)?.name ?? id}: ${percent(availability)}`),
    '',
  ];
}

function checkLines({ checks }: RunResult): string[] {
  const { conservation, little } = checks;
  return [
    'Self-checks',
    `  conservation: ${conservation.holds ? `holds (${conservation.checked} balances)` : `BROKEN at ${conservation.violations.join(', ')}`}`,
    `  Little's law: ${little.holds ? 'holds' : 'BROKEN'} (${little.checked} stations, largest residual ${little.worstResidual === 0 ? '0' : little.worstResidual.toExponential(1)}${little.worstComponentId === null ? '' : ` at ${little.worstComponentId}`})`,
    '',
  ];
}

function findingLines({ findings }: RunResult): string[] {
  return findings.length === 0
    ? []
    : [
        'Findings',
        ...findings.map(
          (finding) => `  ${finding.severity}${finding.componentId === undefined ? '' : `  ${finding.componentId}`}: ${finding.message} ${finding.remedy}`,
        ),
        '',
      ];
}
