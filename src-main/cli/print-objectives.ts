import { formatDuration, formatNumber, formatShare } from '../../src-shared/base/format';
import type { ObjectiveVerdict, RunResult } from '../../src-shared/run/result';
import { formatInterval, formatMetric } from './print-result';
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
    row.measure,
    `${row.demand === 'at-least' ? '≥' : '≤'} ${exact(row, row.limit)}`,
    row.value === null
      ? ''
      : row.halfWidth === null || row.demand === 'at-least'
        ? exact(row, row.value)
        : formatInterval(row.measure, row.value, row.halfWidth),
    row.margin === null ? '' : formatShare(row.margin),
    remarks(row),
  ]);
  return ['Objectives', ...textTable(COLUMNS, rows).map((line) => `  ${line}`), ''];
}

/** An availability with all its nines; anything else in the unit of its metric. */
function exact(row: ObjectiveVerdict, value: number): string {
  return row.measure === 'availability' ? `${formatNumber(value * 100, 6)} %` : formatMetric(row.measure, value);
}

function remarks(row: ObjectiveVerdict): string {
  const { windows, budget } = row;
  const told: string[] = [];
  if (row.reason !== '') told.push(row.reason);
  if (windows !== null && windows.worst !== null) {
    const share = windows.demandedShare < 1 ? `, ${formatShare(windows.demandedShare)} demanded` : '';
    told.push(`${windows.met} of ${windows.judged} windows of ${formatDuration(windows.lengthMs)} meet it${share}`);
    told.push(`worst: ${exact(row, windows.worst.value)} from ${formatDuration(windows.worst.fromMs)}`);
  }
  if (budget !== null) {
    told.push(`${formatShare(budget.spent)} of the error budget spent`);
    if (budget.worstBurn !== null) told.push(`worst burn rate ${formatNumber(budget.worstBurn)}`);
  }
  if (row.sure === false) told.push('the interval reaches over the limit: more replications would tell');
  return told.join('; ');
}
