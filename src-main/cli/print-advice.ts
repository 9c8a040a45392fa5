import { type AdviceReport, EFFECT_TITLES, effectDifference, effectValue } from '../../src-shared/analysis/advice/advice-report';
import type { Goal } from '../../src-shared/analysis/advice/candidate';
import type { TriedCandidate } from '../../src-shared/analysis/advice/experiment';
import { counted, nameOf, pressureOf } from '../../src-shared/analysis/bottleneck';
import { formatDuration, formatNumber, formatRate, formatShare } from '../../src-shared/base/format';
import { type Column, textTable } from './table';

const RESOURCES: readonly Column[] = [
  { title: 'what is limited' },
  { title: 'there are', numeric: true },
  { title: 'in use', numeric: true },
  { title: 'demand per request', numeric: true },
  { title: 'used up at', numeric: true },
  { title: 'queue', numeric: true },
];
const EFFECTS: readonly Column[] = [
  { title: '' },
  { title: 'before', numeric: true },
  { title: 'after', numeric: true },
  { title: 'difference', numeric: true },
];
const GOALS: Readonly<Record<Goal, string>> = { faster: 'Advice: faster, with fewer errors', safer: 'Advice: safer', cheaper: 'Advice: cheaper' };

/** What was read of a design and what was tried, as text for people. */
export function adviceText(report: AdviceReport): string {
  const { bottleneck, singlePoints, overProvisioned, tried, settings } = report;
  const helping = tried.filter(({ outcome }) => outcome === 'helps');
  const others = tried.filter(({ outcome }) => outcome !== 'helps');
  const lines = [
    `${report.project.name} · ${report.design.name}`,
    `seed ${settings.seed}, ${formatDuration(settings.durationMs)} simulated, ${settings.replications} replications of each change`,
    '',
    'Bottleneck',
    `  ${bottleneck.sentence}`,
    ...bottleneck.evidence.map((line) => `  ${line}`),
    '',
    ...resourceLines(report),
    ...boundLines(report),
    'Single points of failure',
    ...(singlePoints.length === 0 ? ['  None: no crash of one instance makes requests fail for longer than it takes to notice.'] : []),
    ...singlePoints.map(
      ({ name, effect, share, reason }) =>
        `  ${name}: one crash ${effect === 'stops' ? 'stops' : 'fails'} ${share > 0.999 ? 'all requests' : `${formatShare(share)} of the requests`}. ${reason}`,
    ),
    '',
    ...(overProvisioned.length === 0
      ? []
      : [
          'More than enough',
          ...overProvisioned.map(
            ({ name, instances, enough, peak, savingPerHour }) =>
              `  ${name}: ${instances} instances, ${formatShare(peak)} busy at the most; ${enough} would do${savingPerHour === null ? '' : `, for ${formatNumber(savingPerHour)} USD/h less`}.`,
          ),
          '',
        ]),
    ...(['faster', 'safer', 'cheaper'] as const).flatMap((goal) => {
      const own = helping.filter((one) => one.goal === goal);
      return own.length === 0 ? [] : [GOALS[goal], ...own.flatMap(adviceLines)];
    }),
    ...(helping.length === 0 ? [`Advice`, `  None: of ${report.candidates} changes tried none helps beyond chance.`, ''] : []),
    ...(others.length === 0 ? [] : ['Tried, but no advice', ...others.map(({ title, verdict }) => `  ${title}: ${verdict}`), '']),
    `${report.candidates} changes were simulated; ± is half the ${formatShare(settings.confidence)} interval of the paired differences, and advice is what stays beyond chance with the level shared out among all of them.`,
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

function resourceLines({ bottleneck: { resources } }: AdviceReport): string[] {
  if (resources.length === 0) return [];
  const rows = resources
    .slice(0, 12)
    .map((resource) => [
      nameOf(resource),
      resource.type === 'rate' ? formatRate(resource.capacity) : resource.type === 'transmitter' ? '' : counted(resource.capacity, resource.unit),
      formatShare(pressureOf(resource)),
      resource.demandMs === null ? '' : formatDuration(resource.demandMs),
      resource.limitPerS === null ? '' : formatRate(resource.limitPerS),
      formatNumber(resource.queueMean),
    ]);
  return ['Demand', ...textTable(RESOURCES, rows).map((line) => `  ${line}`), ''];
}

function boundLines({ bottleneck: { bounds } }: AdviceReport): string[] {
  const { throughputPerS, leastMs, closed, why } = bounds;
  const lines = [
    ...(throughputPerS === null ? [] : [`  throughput at most ${formatRate(throughputPerS)}, with these demands`]),
    leastMs === null
      ? `  response time: no bound. ${why}`
      : `  response time at least ${formatDuration(closed?.leastMs ?? leastMs)}, without waiting ${formatDuration(leastMs)}`,
    ...(closed === null
      ? []
      : [
          `  ${closed.users} users who think for ${formatDuration(closed.thinkMs)}: at most ${formatRate(closed.throughputPerS)}${closed.knee === null ? '' : `; from ${formatNumber(closed.knee)} users on the bottleneck sets the pace`}`,
        ]),
  ];
  return ['Asymptotic bounds', ...lines, ''];
}

function adviceLines({ title, why, verdict, changes, effects, crash }: TriedCandidate): string[] {
  const rows = effects.map((effect) => [
    EFFECT_TITLES[effect.metric],
    effectValue(effect.metric, effect.before),
    effectValue(effect.metric, effect.after),
    effectDifference(effect),
  ]);
  return [
    `  ${title}`,
    `    ${why}`,
    `    ${verdict}${crash === null ? '' : ' Simulated with one crash for a third of the time, before and after.'}`,
    `    ${changes.map((change) => `--set ${change}`).join(' ')}`,
    ...textTable(EFFECTS, rows).map((line) => `      ${line}`),
    '',
  ];
}
