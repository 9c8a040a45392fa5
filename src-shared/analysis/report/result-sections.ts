import { formatNumber, formatShare } from '../../base/format';
import { FAILURE_REASONS, FAILURE_TITLES, METRICS, type MetricName } from '../../engine/metrics';
import { kindOf } from '../../kinds/registry';
import type { Measured, RunResult } from '../../run/result';
import { judgeLink, judgePart } from '../final-health';
import type { Health } from '../health';
import { intervalText } from '../interval-text';
import { formatFailures, formatInterval, formatMeasured } from '../metric-text';
import { formatNinesShare, objectiveSentence, objectiveValue } from '../objective-text';
import { METRIC_NAMES } from '../result-export';
import { type Markup, markup, NOTHING, plain } from './markup';
import type { ReportContext } from './report-input';
import { behind, type Column, cell, type Section, table } from './report-parts';

/** Things beside each other in one table of all metrics: more do not fit on paper. */
const BESIDE = 5;

type Named = readonly [name: string, measured: Measured];

const OVERVIEW_OF_PARTS: readonly MetricName[] = ['utilisation', 'queueMean', 'throughput', 'failureShare', 'latencyMeanMs', 'latencyP95Ms'];
const OVERVIEW_OF_LINKS: readonly MetricName[] = ['callRate', 'bytesRate', 'networkMeanMs', 'networkP99Ms', 'amplification', 'failureShare'];

function healthCell(health: Health, word: string): Markup {
  const look = { idle: ['quiet', ''], fine: ['pass', '✓ '], strained: ['warn', '▲ '], failing: ['fail', '✗ '] } as const;
  const [name, sign] = look[health];
  return markup`<span class="verdict ${plain(name)}">${plain(`${sign}${word}`)}</span>`;
}

function metricColumns(names: readonly MetricName[]): readonly Column[] {
  return names.map((name) => ({ title: METRICS[name].title, numeric: true, help: METRICS[name].definition }));
}

/** Every metric that one of the things has, one row each, the things beside each other; a few things in one table. */
function matrix(caption: string, things: readonly Named[]): Markup {
  const groups = Array.from({ length: Math.ceil(things.length / BESIDE) }, (_, index) => things.slice(index * BESIDE, (index + 1) * BESIDE));
  return groups
    .map((group, index) => {
      const names = METRIC_NAMES.filter((name) => group.some(([, { metrics }]) => metrics[name] !== undefined));
      return table(
        groups.length > 1 ? `${caption} (${index + 1} of ${groups.length})` : caption,
        [{ title: 'Metric' }, ...group.map(([name]) => ({ title: name, numeric: true, named: true }))],
        names.map((name) => [
          markup`<span title="${plain(METRICS[name].definition)}">${plain(METRICS[name].title)}</span>`,
          ...group.map(([, measured]) => cell(formatMeasured(name, measured))),
        ]),
        groups.length > 1,
      );
    })
    .join('\n') as Markup;
}

function failureTable(caption: string, things: readonly Named[]): Markup {
  const failing = things.filter(([, { failures }]) => FAILURE_REASONS.some((reason) => (failures[reason] ?? 0) > 0));
  if (failing.length === 0) return NOTHING;
  const reasons = FAILURE_REASONS.filter((reason) => failing.some(([, { failures }]) => (failures[reason] ?? 0) > 0));
  return table(
    caption,
    [{ title: 'Where' }, ...reasons.map((reason) => ({ title: FAILURE_TITLES[reason], numeric: true }))],
    failing.map(([name, measured]) => [cell(name), ...reasons.map((reason) => cell(formatFailures(reason, measured) || '0'))]),
    true,
  );
}

/** What clients saw: all of their requests, then operation by operation. */
export function endToEndSection({ result, nameOf }: ReportContext): Section {
  const operations = result.operations.map((row): Named => [`${nameOf(row.clientId)}: ${row.operation}`, row]);
  const whole = table(
    'End to end',
    [{ title: 'Metric' }, { title: 'Value', numeric: true }, { title: 'Definition', prose: true }],
    METRIC_NAMES.filter((name) => result.endToEnd.metrics[name] !== undefined).map((name) => [
      cell(METRICS[name].title),
      cell(formatMeasured(name, result.endToEnd)),
      cell(METRICS[name].definition),
    ]),
  );
  const failures = failureTable('Failures by reason', [['All requests', result.endToEnd], ...operations]);
  return {
    id: 'results',
    title: 'Results',
    body: markup`<p>${plain(intervalText(result))}</p>
<h3>End to end</h3>${whole}
${failures === NOTHING ? markup`<p>No request failed in the measured window.</p>` : failures}
${operations.length === 0 ? NOTHING : markup`<h3>Operations</h3>${matrix('Operations', operations)}`}`,
  };
}

/** Every part: an overview, then all of its numbers. */
export function partsSection({ result }: ReportContext): Section {
  const unstable = new Set(result.findings.flatMap(({ code, componentId }) => (code === 'unstable' && componentId !== undefined ? [componentId] : [])));
  const things = result.components.map((row): Named => [row.name, row]);
  const instances = result.components.flatMap((row) =>
    row.instances.length > 1 ? row.instances.map((instance, index): Named => [`${row.name} #${index + 1}`, instance]) : [],
  );
  const overview = table(
    'Parts',
    [{ title: 'Part' }, { title: 'Kind' }, { title: 'Health' }, ...metricColumns(OVERVIEW_OF_PARTS)],
    result.components.map((row) => {
      const { health, word } = judgePart(row, unstable.has(row.id));
      return [
        cell(row.name),
        cell(kindOf(row.kind)?.title ?? row.kind),
        healthCell(health, word),
        ...OVERVIEW_OF_PARTS.map((name) => cell(formatMeasured(name, row))),
      ];
    }),
  );
  return {
    id: 'parts',
    title: 'Parts',
    body: markup`${overview}
${failureTable(
  'Failures by reason, where they arose',
  result.components.filter(({ kind }) => kindOf(kind)?.ports.in !== false).map((row): Named => [row.name, row]),
)}
<h3>All numbers of the parts</h3>
${matrix('All numbers of the parts', things)}
${instances.length === 0 ? NOTHING : behind(`Numbers of each of the ${instances.length} instances`, matrix('Instances', instances))}`,
  };
}

/** Every link: an overview, then all of its numbers. */
export function linksSection({ result, nameOf }: ReportContext): Section | null {
  if (result.links.length === 0) return null;
  const things = result.links.map((row): Named => [nameOf(row.id), row]);
  const names = OVERVIEW_OF_LINKS.filter((name) => result.links.some(({ metrics }) => metrics[name] !== undefined));
  const overview = table(
    'Links',
    [{ title: 'Link' }, { title: 'Mode' }, { title: 'Health' }, ...metricColumns(names)],
    result.links.map((row) => {
      const { health, word } = judgeLink(row);
      return [cell(nameOf(row.id)), cell(row.mode), healthCell(health, word), ...names.map((name) => cell(formatMeasured(name, row)))];
    }),
  );
  return { id: 'links', title: 'Links', body: markup`${overview}<h3>All numbers of the links</h3>${matrix('All numbers of the links', things)}` };
}

const VERDICTS = { pass: ['pass', '✓ met'], fail: ['fail', '✗ missed'], unknown: ['warn', '? not judged'] } as const;

function remarks(row: RunResult['objectives'][number], nameOf: (id: string) => string): string {
  const { windows, budget, recovery } = row;
  const told: string[] = [];
  if (row.reason !== '') told.push(row.reason);
  if (windows !== null)
    told.push(`${windows.met} of ${windows.judged} windows meet it${windows.demandedShare < 1 ? `, ${formatShare(windows.demandedShare)} demanded` : ''}`);
  if (budget !== null) told.push(`${formatShare(budget.spent)} of the error budget spent`);
  if (budget !== null && budget.worstBurn !== null) told.push(`worst burn rate ${formatNumber(budget.worstBurn)}`);
  if (recovery != null && recovery.faults > 0)
    told.push(
      `${recovery.disturbed} of ${recovery.faults} faults disturbed it${recovery.notRecovered > 0 ? `, ${recovery.notRecovered} of them to the end of the run` : ''}${recovery.worst === null ? '' : `; slowest after ${nameOf(recovery.worst.faultId)}`}`,
    );
  if (row.sure === false) told.push('the interval reaches over the limit: more replications would tell');
  return told.join('; ');
}

/** What the design had to do, and whether it did. */
export function objectivesSection({ project, design, result, nameOf }: ReportContext): Section | null {
  if (result.objectives.length === 0) return null;
  const faultName = (id: string): string => result.faults.find((fault) => fault.id === id)?.name ?? id;
  const rows = result.objectives.map((row) => {
    const objective = project.objectives.find(({ id }) => id === row.id);
    const [look, word] = VERDICTS[row.verdict];
    const bound = `${row.demand === 'at-least' ? '≥' : '≤'} ${objectiveValue(row.measure, row.limit)}`;
    const value =
      row.value === null
        ? ''
        : row.halfWidth === null || row.measure === 'recoveryTimeMs' || row.measure === 'availability'
          ? objectiveValue(row.measure, row.value)
          : formatInterval(row.measure, row.value, row.halfWidth);
    return [
      cell(row.name),
      markup`<span class="verdict ${plain(look)}">${plain(word)}</span>`,
      cell(objective === undefined ? `${nameOf(row.subject)} ${row.operation ?? ''}` : objectiveSentence(objective, nameOf)),
      cell(bound),
      cell(value),
      cell(row.margin === null ? '' : formatShare(row.margin)),
      cell(remarks(row, faultName)),
    ];
  });
  const met = result.objectives.filter(({ verdict }) => verdict === 'pass').length;
  return {
    id: 'objectives',
    title: 'Objectives',
    body: markup`<p>${plain(`${met} of ${result.objectives.length} objectives of the design ${design.name} are met.`)}</p>${table(
      'Objectives',
      [
        { title: 'Objective' },
        { title: 'Verdict' },
        { title: 'Demand', prose: true },
        { title: 'Bound', numeric: true },
        { title: 'Value', numeric: true },
        { title: 'Margin', numeric: true, help: 'Share of the limit that is left; negative where it is exceeded.' },
        { title: 'Remarks', prose: true },
      ],
      rows,
    )}`,
  };
}

/** Availability by failures and repairs by chance, calculated; null where nothing fails by chance. */
export function availabilitySection({ result, nameOf }: ReportContext): Section | null {
  const { expected } = result;
  const parts = expected.components.filter(({ availability }) => availability < 1);
  if (expected.availability >= 1 && parts.length === 0) return null;
  return {
    id: 'availability',
    title: 'Availability to be expected',
    body: markup`<p>Calculated, not measured: the long-run availability by the MTBF and MTTR of the random crashes and cuts, with the redundancy of the design.</p>${table(
      'Availability to be expected',
      [{ title: 'What' }, { title: 'Availability', numeric: true }],
      [
        [cell('End to end'), cell(formatNinesShare(expected.availability))],
        ...parts.map(({ id, availability }) => [cell(nameOf(id)), cell(formatNinesShare(availability))]),
      ],
    )}`,
  };
}
