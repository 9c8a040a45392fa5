import { measureTitle, objectiveValue } from '../../src-shared/analysis/objective-text';
import { formatDuration, formatNumber, formatShare } from '../../src-shared/base/format';
import type { ObjectiveVerdict, RunResult } from '../../src-shared/run/result';
import { formatInterval } from './print-result';
import { type Column, textTable } from './table';

const COLUMNS: readonly Column[] = [
  { title: 'verdict' },
  { title: 'objective' },
  { title: 'about' },
  { title: 'measures' },
  { title: 'demand', numeric: true },
  { title: 'value', numeric: true },
  { title: 'margin', numeric: true },
  { title: 'remarks' },
];
const VERDICTS = { pass: 'pass', fail: 'FAIL', unknown: 'UNKNOWN' } as const;

/** How a run did by each objective, as text for people. */
export function objectiveLines({ objectives }: Pick<RunResult, 'objectives'>): string[] {
  if (objectives.length === 0) return [];
  const rows = objectives.map((row) => [
    VERDICTS[row.verdict],
    row.name,
    row.scope === 'end-to-end' ? 'all requests' : row.operation === null ? row.subject : `${row.subject}: ${row.operation}`,
    measureTitle(row.measure),
    `${row.demand === 'at-least' ? '≥' : '≤'} ${objectiveValue(row.measure, row.limit)}`,
    row.value === null
      ? ''
      : row.halfWidth === null || row.demand === 'at-least' || row.measure === 'recoveryTimeMs'
        ? objectiveValue(row.measure, row.value)
        : formatInterval(row.measure, row.value, row.halfWidth),
    row.margin === null ? '' : formatShare(row.margin),
    remarks(row),
  ]);
  return ['Objectives', ...textTable(COLUMNS, rows).map((line) => `  ${line}`), ''];
}

function remarks(row: ObjectiveVerdict): string {
  const { windows, budget, recovery } = row;
  const told: string[] = [];
  if (row.reason !== '') told.push(row.reason);
  if (windows !== null && windows.worst !== null) {
    const share = windows.demandedShare < 1 ? `, ${formatShare(windows.demandedShare)} demanded` : '';
    told.push(`${windows.met} of ${windows.judged} windows of ${formatDuration(windows.lengthMs)} meet it${share}`);
    told.push(`worst: ${objectiveValue(row.measure, windows.worst.value)} from ${formatDuration(windows.worst.fromMs)}`);
  }
  if (budget !== null) {
    told.push(`${formatShare(budget.spent)} of the error budget spent`);
    if (budget.worstBurn !== null) told.push(`worst burn rate ${formatNumber(budget.worstBurn)}`);
    for (const { name, alerts } of budget.rules)
      if (alerts > 0) told.push(`${alerts} ${alerts === 1 ? 'alert' : 'alerts'} by ${name === 'fast-burn' ? 'fast' : 'slow'} burn`);
  }
  if (recovery !== null && recovery.faults > 0) {
    told.push(`${recovery.disturbed} of ${recovery.faults} ${recovery.faults === 1 ? 'fault' : 'faults'} disturbed the service`);
    if (recovery.worst !== null) told.push(`longest: ${recovery.worst.faultId} from ${formatDuration(recovery.worst.beginMs)}`);
    if (recovery.notRecovered > 0) told.push(`${recovery.notRecovered} not recovered from when the run ended`);
  }
  if (row.sure === false) told.push('the interval reaches over the limit: more replications would tell');
  return told.join('; ');
}
