import { FAILURE_REASONS, METRICS, type MetricName } from '../engine/metrics';
import { COMPONENT_SERIES, COPY_SERIES, LINK_SERIES, type Measured, type RunResult, STALENESS_SERIES, SYSTEM_SERIES, TELEMETRY_SERIES } from '../run/result';
import { type CsvValue, writeCsv } from './csv';

/** Every metric, in the order of its declaration. */
export const METRIC_NAMES = Object.keys(METRICS) as readonly MetricName[];

/** What a row of the table is about. */
export type Scope = 'end-to-end' | 'operation' | 'component' | 'instance' | 'link';

/** One measured thing with what identifies it. */
export interface MeasuredRow extends Measured {
  readonly scope: Scope;
  /** Id of the record on the canvas; for an operation that of its client; empty end to end. */
  readonly id: string;
  readonly name: string;
  /** Kind of a component, mode of a link, else empty. */
  readonly kind: string;
}

/** Everything that a result measured, in the order of the table: end to end, operations, components, links; replicas where asked for. */
export function measuredRows(result: RunResult, withInstances = false): readonly MeasuredRow[] {
  const names = new Map(result.components.map((component) => [component.id, component.name]));
  const name = (id: string): string => names.get(id) ?? id;
  const plain = ({ metrics, halfWidths, failures, failureHalfWidths }: Measured): Measured => ({
    metrics,
    failures,
    ...(halfWidths !== undefined && { halfWidths }),
    ...(failureHalfWidths !== undefined && { failureHalfWidths }),
  });
  return [
    { ...plain(result.endToEnd), scope: 'end-to-end', id: '', name: 'End to end', kind: '' },
    ...result.operations.map(
      (row): MeasuredRow => ({ ...plain(row), scope: 'operation', id: row.clientId, name: `${name(row.clientId)} · ${row.operation}`, kind: '' }),
    ),
    ...result.components.flatMap((row): MeasuredRow[] => [
      { ...plain(row), scope: 'component', id: row.id, name: row.name, kind: row.kind },
      ...(withInstances && row.instances.length > 1
        ? row.instances.map(
            (instance, index): MeasuredRow => ({ ...plain(instance), scope: 'instance', id: row.id, name: `${row.name} #${index + 1}`, kind: row.kind }),
          )
        : []),
    ]),
    ...result.links.map((row): MeasuredRow => ({ ...plain(row), scope: 'link', id: row.id, name: `${name(row.from)} → ${name(row.to)}`, kind: row.mode })),
  ];
}

/**
 * The table of a result as CSV, wide: one row for each thing measured; columns are `scope`, `id`, `name`, `kind`, then every
 * metric by its name, its half-width as `<metric>HalfWidth` (empty where it has none), and `failed:<reason>`.
 */
export function resultCsv(result: RunResult): string {
  const header = [
    'scope',
    'id',
    'name',
    'kind',
    ...METRIC_NAMES.flatMap((name) => [name, `${name}HalfWidth`]),
    ...FAILURE_REASONS.map((reason) => `failed:${reason}`),
  ];
  const rows = measuredRows(result, true).map((row): CsvValue[] => [
    row.scope,
    row.id,
    row.name,
    row.kind,
    ...METRIC_NAMES.flatMap((name) => [row.metrics[name], row.halfWidths?.[name]]),
    ...FAILURE_REASONS.map((reason) => row.failures[reason] ?? 0),
  ]);
  return writeCsv(header, rows);
}

/**
 * The series of a result as CSV, wide: one row for each point, `timeMs` (the end of its interval) first, then the end-to-end
 * columns by name, those of each component as `<component id>.<name>`, of each link as `<link id>.link.<name>`; where data have copies what reads of
 * them showed as `copies.<name>` end to end and `<component id>.copies.<name>`, and what telemetry collectors showed as `<link id>.seen.<name>`.
 */
export function seriesCsv(result: RunResult): string {
  const { series } = result;
  const { copies, telemetry = [] } = series;
  const copied = copies?.components ?? [];
  const header = [
    'timeMs',
    ...SYSTEM_SERIES,
    ...series.components.flatMap(({ id }) => COMPONENT_SERIES.map((name) => `${id}.${name}`)),
    ...series.links.flatMap(({ id }) => LINK_SERIES.map((name) => `${id}.link.${name}`)),
    ...(copies === undefined ? [] : STALENESS_SERIES.map((name) => `copies.${name}`)),
    ...copied.flatMap(({ id }) => COPY_SERIES.map((name) => `${id}.copies.${name}`)),
    ...telemetry.flatMap(({ linkId }) => TELEMETRY_SERIES.map((name) => `${linkId}.seen.${name}`)),
  ];
  const rows = series.timeMs.map((timeMs, index): CsvValue[] => [
    timeMs,
    ...SYSTEM_SERIES.map((name) => series.endToEnd[name][index]),
    ...series.components.flatMap(({ columns }) => COMPONENT_SERIES.map((name) => columns[name][index])),
    ...series.links.flatMap(({ columns }) => LINK_SERIES.map((name) => columns[name][index])),
    ...(copies === undefined ? [] : STALENESS_SERIES.map((name) => copies.endToEnd[name][index])),
    ...copied.flatMap(({ columns }) => COPY_SERIES.map((name) => columns[name][index])),
    ...telemetry.flatMap(({ columns }) => TELEMETRY_SERIES.map((name) => columns[name][index])),
  ]);
  return writeCsv(header, rows);
}

/** The request log of a result as CSV: one row for each request. */
export function requestsCsv(result: RunResult): string {
  const header = ['clientId', 'operation', 'arrivalMs', 'endMs', 'latencyMs', 'outcome', 'waitingMs', 'serviceMs'];
  return writeCsv(
    header,
    result.requests.map((request) => [
      request.clientId,
      request.operation,
      request.arrivalMs,
      request.endMs,
      request.endMs - request.arrivalMs,
      request.outcome,
      request.waitingMs,
      request.serviceMs,
    ]),
  );
}

/** The whole result as readable JSON, the same object as the command line prints. */
export function resultJson(result: RunResult): string {
  return `${JSON.stringify(result, null, 2)}\n`;
}
