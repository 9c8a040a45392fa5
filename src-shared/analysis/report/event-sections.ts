import { formatDuration, formatNumber } from '../../base/format';
import { describeDistribution } from '../../kinds/describe-distribution';
import { linkManual } from '../../kinds/link/link-manual';
import { kindOf } from '../../kinds/registry';
import { describeFault } from '../../project/describe-fault';
import type { Fault } from '../../project/fault';
import { designProblems } from '../../project/problems';
import type { RunEvent } from '../../run/result';
import { formatClock } from '../chart-text';
import { type EventNames, eventDetail, eventLook, eventPlace } from '../event-text';
import { nothingFound } from '../finding-words';
import { type Markup, markup, NOTHING, plain } from './markup';
import type { ReportContext } from './report-input';
import { behind, cell, inlineProse, manualPoints, type Section, table } from './report-parts';

/** Events and windows that stand in the open; the others are behind a line. */
const OPEN_EVENTS = 40;
const OPEN_WINDOWS = 8;

function timingWords({ timing }: Fault): string {
  if (timing.type === 'random')
    return `by chance: between two of them ${describeDistribution(timing.between)}, each lasts ${describeDistribution(timing.lasts)}`;
  return timing.lastsMs > 0 ? `at ${formatDuration(timing.atMs)} for ${formatDuration(timing.lastsMs)}` : `at ${formatDuration(timing.atMs)}`;
}

/** Times with enough digits to tell events apart. */
function instant(ms: number): string {
  return formatClock(ms / 1000, 3);
}

/** What went wrong on purpose, and when it really did; null where nothing did. */
export function faultsSection({ project, design, result, injected = [], nameOf }: ReportContext): Section | null {
  if (result.faults.length === 0) return null;
  const known = new Map([...design.faults, ...injected].map((fault) => [fault.id, fault]));
  const rows = result.faults.map(({ id, name, target, instance, live, windows }) => {
    const fault = known.get(id);
    const where = `${nameOf(target)}${instance === null ? '' : ` #${instance + 1}`}`;
    const times = windows.map(({ beginMs, endMs }) => `${instant(beginMs)} – ${endMs === null ? 'the end' : instant(endMs)}`);
    const more = times.length > OPEN_WINDOWS ? `; ${times.length - OPEN_WINDOWS} more` : '';
    return [
      cell(name),
      cell(fault === undefined ? where : describeFault(fault, design, project)),
      cell(live ? 'injected during the run' : fault === undefined ? '' : timingWords(fault)),
      cell(times.length === 0 ? 'never in this run' : times.slice(0, OPEN_WINDOWS).join(', ') + more),
    ];
  });
  return {
    id: 'faults',
    title: 'Faults',
    body: markup`<p>Times are simulated time, of the first replication; charts shade them.</p>${table('Faults', [{ title: 'Fault' }, { title: 'What and where', prose: true }, { title: 'Planned', prose: true }, { title: 'Under way', prose: true }], rows)}`,
  };
}

/** What the run and the model say of themselves: findings, problems, self-checks. */
export function noticesSection({ project, design, result, nameOf }: ReportContext): Section {
  const notice = (severity: string, where: string, message: string, remedy: string): Markup => {
    const look = severity === 'error' ? 'fail' : severity === 'warning' ? 'warn' : 'info';
    const word = { fail: 'Error', warn: 'Warning', info: 'Note' }[look];
    return markup`<div class="notice ${plain(look)}"><p><strong>${plain(`${word}${where === '' ? '' : `, ${where}`}:`)}</strong> ${plain(message)} <span class="quiet">${plain(remedy)}</span></p></div>`;
  };
  const findings = result.findings.map(({ severity, componentId, message, remedy }) =>
    notice(severity, componentId === undefined ? '' : nameOf(componentId), message, remedy),
  );
  const problems = designProblems(project, design.id).map(({ severity, recordId, message, remedy }) =>
    notice(severity, recordId === undefined ? '' : nameOf(recordId), message, remedy),
  );
  const { conservation, little } = result.checks;
  const check = (holds: boolean, title: string, words: string): Markup =>
    markup`<li><span class="verdict ${plain(holds ? 'pass' : 'fail')}">${plain(`${holds ? '✓' : '✗'} ${title}: ${holds ? 'holds' : 'broken'}`)}</span>. ${plain(words)}</li>`;
  return {
    id: 'findings',
    title: 'Findings, problems and self-checks',
    body: markup`<h3>Findings of the run</h3>
${findings.length === 0 ? markup`<p>${plain(nothingFound(result))}</p>` : findings}
<h3>Problems of the model</h3>
${problems.length === 0 ? markup`<p>None.</p>` : problems}
<h3>Self-checks of the engine</h3>
<ul>${check(conservation.holds, 'Conservation', `Offered = completed + failed + in flight, checked ${formatNumber(conservation.checked, 15)} times over parts, links and operations.${conservation.violations.length === 0 ? '' : ` Broken at ${conservation.violations.join(', ')}.`}`)}
${check(little.holds, 'Little’s law', `The mean number in the system equals arrival rate times mean time in it, compared at ${formatNumber(little.checked, 15)} stations from independent counts; largest deviation ${little.worstResidual === 0 ? '0' : little.worstResidual.toExponential(1)}${little.worstComponentId === null ? '' : ` (${nameOf(little.worstComponentId)})`}.`)}</ul>`,
  };
}

function eventTable(caption: string, events: readonly RunEvent[], names: EventNames): Markup {
  return table(
    caption,
    [{ title: 'Time' }, { title: 'What' }, { title: 'Where' }, { title: 'Detail', prose: true }],
    events.map((event) => [cell(instant(event.atMs)), cell(eventLook(event).title), cell(eventPlace(event, names)), cell(eventDetail(event, names))]),
  );
}

/** What happened in the first replication. */
export function eventsSection({ result, nameOf }: ReportContext): Section {
  const { journal, journalDropped } = result;
  const names: EventNames = { component: nameOf, link: nameOf, fault: (id) => result.faults.find((fault) => fault.id === id)?.name ?? id };
  const rest = journal.slice(OPEN_EVENTS);
  const dropped =
    journalDropped === 0 ? NOTHING : markup`<p>${plain(`${formatNumber(journalDropped, 9)} later events were counted only: a run keeps the first ones.`)}</p>`;
  const body =
    journal.length === 0
      ? markup`<p>No faults, no changes of instances, breakers or targets.</p>`
      : markup`<p>${plain(`What happened in the first replication, ${formatNumber(journal.length, 9)} events.`)}</p>${eventTable('Events', journal.slice(0, OPEN_EVENTS), names)}${rest.length === 0 ? NOTHING : behind(`${formatNumber(rest.length, 9)} more events`, eventTable('Later events', rest, names))}${dropped}`;
  return { id: 'events', title: 'Events', body };
}

/** What the model leaves out: of each kind that the design uses, from its manual. */
export function assumptionsSection({ design }: ReportContext): Section {
  const kinds = [...new Set(design.components.map(({ kind }) => kind))].flatMap((id) => kindOf(id) ?? []);
  const manuals = [...kinds.map(({ title, manual }) => ({ title, manual })), ...(design.links.length > 0 ? [{ title: 'Link', manual: linkManual }] : [])];
  return {
    id: 'assumptions',
    title: 'Assumptions: what the model leaves out',
    body: markup`<p>A simulation is as true as its model. These are the things that the parts used here do not have; whether they matter is for the reader to judge.</p>
${manuals.map(({ title, manual }) => {
  const points = manualPoints(manual, 'What it leaves out');
  return points.length === 0 ? NOTHING : markup`<h3>${plain(title)}</h3><ul>${points.map((point) => markup`<li>${inlineProse(point)}</li>`)}</ul>`;
})}`,
  };
}
