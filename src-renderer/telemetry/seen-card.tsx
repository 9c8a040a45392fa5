import type { RunResult } from '../../src-shared/run/result';
import { seenNotes, seenRows } from './seen-rows';
import { SeenTable } from './seen-table';
import classes from './telemetry.module.css';

/** Parts that the summary tells of; the table has all of them. */
const MOST_PARTS = 6;

/** What telemetry collectors saw of each part in the measured window, beside the truth; nothing where there are none. `cardClass`: look of a card. */
export function SeenCards({ result, cardClass }: { readonly result: RunResult; readonly cardClass: string }) {
  const links = result.links.filter(({ mode }) => mode === 'telemetry');
  const part = (id: string) => result.components.find((component) => component.id === id);
  const several = new Set(links.map(({ to }) => to)).size > 1;
  return links.slice(0, MOST_PARTS).map((link, index) => {
    const from = part(link.from);
    if (from === undefined) return null;
    const name = several ? `${from.name}, by ${part(link.to)?.name ?? link.to}` : from.name;
    const more = links.length > MOST_PARTS && index === MOST_PARTS - 1;
    return (
      <section key={link.id} className={cardClass} aria-label={`Seen by telemetry: ${name}`}>
        <h3 className="tl-heading">{`Seen by telemetry: ${name}`}</h3>
        <SeenTable of={name} rows={seenRows(link.metrics, from.metrics)} notes={seenNotes(link.metrics, false)} />
        {more && <p className={classes.notes}>{`The first ${MOST_PARTS} parts of ${links.length}; the table has all of them.`}</p>}
      </section>
    );
  });
}
