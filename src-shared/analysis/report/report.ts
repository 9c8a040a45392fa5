import { formatDuration, formatNumber, formatShare } from '../../base/format';
import { METRICS, type MetricName } from '../../engine/metrics';
import { kindOf } from '../../kinds/registry';
import { targetName } from '../../project/describe-fault';
import { FORMAT_VERSION } from '../../project/project';
import { formatChartValue, UNIT_WORDS } from '../chart-text';
import { formatMeasured } from '../metric-text';
import { chartPicture } from './chart-picture';
import { assumptionsSection, eventsSection, faultsSection, noticesSection } from './event-sections';
import { type Markup, markup, NOTHING, plain } from './markup';
import { parameterSection, workloadSection } from './parameter-sections';
import { PICTURE_COLORS } from './picture-colors';
import { looksOfResult } from './picture-looks';
import { readingSection } from './reading-section';
import type { ReportContext, ReportInput } from './report-input';
import { behind, cell, type Section, table } from './report-parts';
import { REPORT_STYLE } from './report-style';
import { availabilitySection, endToEndSection, linksSection, objectivesSection, partsSection } from './result-sections';
import { type SeriesChart, seriesCharts, surroundingsOf } from './series-charts';
import { topologyPicture } from './topology-picture';

export type { ReportInput } from './report-input';

const GLANCE: readonly MetricName[] = ['throughput', 'latencyP50Ms', 'latencyP95Ms', 'latencyP99Ms', 'failureShare', 'costPerHour', 'costPerMillion'];

/** The numbers that one looks for first. */
function glance({ result, reading }: ReportContext): Markup {
  const cards = GLANCE.filter((name) => result.endToEnd.metrics[name] !== undefined).map(
    (name) =>
      markup`<div title="${plain(METRICS[name].definition)}"><dt>${plain(METRICS[name].title)}</dt><dd>${plain(formatMeasured(name, result.endToEnd))}</dd></div>`,
  );
  const busiest = [...result.components]
    .filter(({ metrics }) => metrics.utilisation !== undefined)
    .sort((one, other) => (other.metrics.utilisation ?? 0) - (one.metrics.utilisation ?? 0))[0];
  const met = result.objectives.filter(({ verdict }) => verdict === 'pass').length;
  const sentences = [
    ...(result.ended === 'finished'
      ? []
      : [`The run ended early (${result.ended === 'stopped' ? 'stopped by hand' : 'a limit of the simulator was reached'}).`]),
    ...(result.objectives.length === 0 ? [] : [`${met} of ${result.objectives.length} objectives are met.`]),
    ...(reading !== undefined
      ? [reading.bottleneck.sentence]
      : busiest === undefined
        ? []
        : [`The busiest part is ${busiest.name}, ${formatMeasured('utilisation', busiest)} of the time.`]),
    ...(result.findings.length === 0 ? [] : [`${result.findings.length} ${result.findings.length === 1 ? 'finding' : 'findings'} to look at.`]),
  ];
  return markup`<dl class="cards">${cards}</dl><p>${plain(sentences.join(' '))}</p>`;
}

function pictureSection({ project, design, result }: ReportContext): Section {
  const { svg } = topologyPicture(project, design, looksOfResult(project, result), { scheme: 'light', title: `Topology of ${design.name}`, standalone: false });
  const links = design.links.length;
  return {
    id: 'topology',
    title: 'Topology',
    body: markup`<figure class="picture">${svg}<figcaption>${plain(`${design.components.length} parts and ${links} ${links === 1 ? 'link' : 'links'}, with their means over the measured window.`)}</figcaption></figure>`,
  };
}

/** The numbers behind a chart, one row for each point. */
function chartTable(chart: SeriesChart): Markup {
  return table(
    `${chart.title}, ${UNIT_WORDS[chart.unit]}`,
    [{ title: 'Until, s', numeric: true }, ...chart.lines.map(({ label }) => ({ title: label, numeric: true }))],
    chart.timesS.map((seconds, index) => [
      cell(formatNumber(seconds, 6)),
      ...chart.lines.map(({ column }) => cell(formatChartValue(chart.unit, column[index]))),
    ]),
  );
}

function chartsSection({ result }: ReportContext): Section {
  const surroundings = surroundingsOf(result);
  const charts = seriesCharts(result, PICTURE_COLORS.light);
  const figures = charts.map(
    (chart) =>
      markup`<figure id="chart-${plain(chart.id)}">${chartPicture(chart, surroundings).svg}<figcaption>${plain(chart.help)}</figcaption>${behind('The numbers of this chart', chartTable(chart))}</figure>\n`,
  );
  const shaded = surroundings.shades.length > 0 ? ' Times in which a fault was under way are shaded.' : '';
  return {
    id: 'charts',
    title: 'Over simulated time',
    body: markup`<p>${plain(`The first replication, from time 0; the grey beginning is the warm-up, which no other number of this report counts.${shaded}`)}</p><div class="charts">${figures}</div>`,
  };
}

/** A word of a command line: quoted where a shell would see more in it than a word. */
export function shellWord(text: string): string {
  return /^[\w./:=@%+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** The command that gives the same numbers again. */
export function repeatCommand({ project, result, fileName, changes = [] }: Pick<ReportInput, 'project' | 'result' | 'fileName' | 'changes'>): string {
  const { settings } = result;
  const warmUp = settings.warmUpMs === 'auto' ? 'auto' : `${settings.warmUpMs}ms`;
  const design = project.designs.length > 1 ? ` --design ${shellWord(result.design.name)}` : '';
  return `topolab simulate ${shellWord(fileName ?? `${project.name}.topolab`)}${design} --seed ${settings.seed} --replications ${settings.replications} --duration ${settings.durationMs}ms --warm-up ${warmUp}${changes.map((change) => ` --set ${shellWord(change)}`).join('')}`;
}

function repeatSection(context: ReportContext): Section {
  const { design, result, injected = [] } = context;
  const { settings } = result;
  const kinds = [...new Set(design.components.map(({ kind }) => kind))].sort();
  const rows: readonly (readonly [string, string])[] = [
    ['Simulated', `${formatDuration(result.simulatedMs)} of ${formatDuration(settings.durationMs)} in each replication`],
    ['Warm-up left out', `${formatDuration(result.warmUpMs)}${settings.warmUpMs === 'auto' ? ' (found, MSER-5)' : ''}`],
    ['Replications', settings.replications === result.replications ? String(result.replications) : `${result.replications} of ${settings.replications}`],
    ['Level of the intervals', formatShare(settings.confidence)],
    ['Seed', String(settings.seed)],
    ['Events executed', formatNumber(result.events, 15)],
    ['Engine', result.engineVersion],
    ['File format', `version ${FORMAT_VERSION}; ${kinds.map((id) => `${kindOf(id)?.title ?? id} ${kindOf(id)?.version ?? '?'}`).join(', ')}`],
  ];
  const byHand =
    injected.length === 0
      ? NOTHING
      : markup`<p>${plain(`${injected.length === 1 ? 'One fault was' : `${injected.length} faults were`} injected by hand while the run was under way. With the same faults on the timeline of the design, at the times told above, the command gives the same numbers.`)}</p>`;
  return {
    id: 'repeat',
    title: 'How to repeat it',
    body: markup`${table(
      'The run',
      [{ title: 'Setting' }, { title: 'Value', prose: true }],
      rows.map(([name, value]) => [cell(name), cell(value)]),
    )}
<p>The same project, seed and engine version give the same numbers on every machine:</p>
<pre><code>${plain(repeatCommand(context))}</code></pre>${byHand}`,
  };
}

/**
 * A report on a run as one HTML document that needs nothing else: no script, no font, no picture, no connection. Equal inputs give
 * equal bytes. Whatever stands in names and notes is text. Throws where the result is of a design that the project does not have.
 */
export function reportHtml(input: ReportInput): string {
  const { project, result } = input;
  const design = project.designs.find(({ id }) => id === result.design.id);
  if (design === undefined) throw new Error(`The project has no design ${result.design.id}, of which the result is.`);
  const context: ReportContext = { ...input, design, nameOf: (id) => targetName(design, id) };
  const sections = [
    pictureSection(context),
    objectivesSection(context),
    endToEndSection(context),
    chartsSection(context),
    readingSection(context),
    partsSection(context),
    linksSection(context),
    faultsSection(context),
    availabilitySection(context),
    noticesSection(context),
    eventsSection(context),
    workloadSection(context),
    parameterSection(context),
    assumptionsSection(context),
    repeatSection(context),
  ].filter((section) => section !== null);
  const several = project.designs.length > 1 ? ` <span class="quiet">(one of ${project.designs.length} designs)</span>` : '';
  const run = `${result.replications} ${result.replications === 1 ? 'replication' : 'replications'} of ${formatDuration(result.simulatedMs)} simulated time, seed ${result.settings.seed}, Topolab engine ${result.engineVersion}`;
  return markup`<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="generator" content="Topolab ${plain(result.engineVersion)}">
<title>${plain(`${project.name} · ${design.name}: report`)}</title>
<style>${REPORT_STYLE as Markup}</style>
</head>
<body>
<header>
<h1>${plain(project.name)}</h1>
<p class="design">Design ${plain(design.name)}${several as Markup}</p>
<p class="quiet">${plain(input.date === undefined ? run : `${input.date} · ${run}`)}</p>
${project.description === '' ? NOTHING : markup`<p class="description">${plain(project.description)}</p>`}
<nav aria-label="Sections"><ul>${sections.map(({ id, title }) => markup`<li><a href="#${plain(id)}">${plain(title)}</a></li>`)}</ul></nav>
</header>
<main>
<section id="glance" aria-label="At a glance">${glance(context)}</section>
${sections.map(
  ({ id, title, body }) => markup`<section id="${plain(id)}" aria-labelledby="title-${plain(id)}"><h2 id="title-${plain(id)}">${plain(title)}</h2>
${body}
</section>
`,
)}</main>
</body>
</html>
`;
}
