import { formatNumber, formatShare } from '../../base/format';
import { markup, NOTHING, plain } from './markup';
import type { ReportContext } from './report-input';
import { cell, type Section, table } from './report-parts';

/** What limits the run, what one crash stops, and what there is too much of; null where nobody has read it. */
export function readingSection({ reading }: ReportContext): Section | null {
  if (reading === undefined) return null;
  const { bottleneck, singlePoints, overProvisioned } = reading;
  const points = singlePoints.map(({ name, effect, share, reason }) => [cell(name), cell(effect), cell(formatShare(share)), cell(reason)]);
  const spare = overProvisioned.map(({ name, instances, enough, peak, savingPerHour }) => [
    cell(name),
    cell(formatShare(peak)),
    cell(instances),
    cell(enough),
    cell(savingPerHour === null ? '' : `${formatNumber(savingPerHour)} USD/h`),
  ]);
  return {
    id: 'limits',
    title: 'What limits it',
    body: markup`<p><strong>${plain(bottleneck.sentence)}</strong></p>
${bottleneck.evidence.length === 0 ? NOTHING : markup`<ul>${bottleneck.evidence.map((sentence) => markup`<li>${plain(sentence)}</li>`)}</ul>`}
<h3>Single points of failure</h3>
${
  points.length === 0
    ? markup`<p>No part whose crash alone makes requests fail.</p>`
    : table(
        'Single points of failure',
        [{ title: 'Part' }, { title: 'Its crash' }, { title: 'Requests that fail', numeric: true }, { title: 'Why', prose: true }],
        points,
      )
}
${
  spare.length === 0
    ? NOTHING
    : markup`<h3>More than is needed</h3>${table(
        'More than is needed',
        [
          { title: 'Part' },
          { title: 'Busy at the peak', numeric: true, help: 'Share that is busy in the busiest twentieth of the run.' },
          { title: 'Instances', numeric: true },
          { title: 'Enough', numeric: true },
          { title: 'Saving', numeric: true },
        ],
        spare,
      )}`
}`,
  };
}
