import type { RunResult } from '../../src-shared/run/result';
import { seenNotes, seenRows } from './seen-rows';
import { SeenTable } from './seen-table';
import classes from './telemetry.module.css';

/** Parts that the summary tells of; the table has all of them. */
const MOST_PARTS = 6;

/** What telemetry collectors saw of the measured window, beside the truth; nothing where there are none. `cardClass`: look of a card. */
export function SeenCard({ result, cardClass }: { readonly result: RunResult; readonly cardClass: string }) {
  const links = result.links.filter(({ mode }) => mode === 'telemetry');
  if (links.length === 0) return null;
  const part = (id: string) => result.components.find((component) => component.id === id);
  const several = new Set(links.map(({ to }) => to)).size > 1;
  return (
    <section className={cardClass} aria-label="Seen by telemetry">
      <h3 className="tl-heading">Seen by telemetry</h3>
      {links.slice(0, MOST_PARTS).map((link) => {
        const from = part(link.from);
        if (from === undefined) return null;
        const name = several ? `${from.name}, by ${part(link.to)?.name ?? link.to}` : from.name;
        return (
          <div key={link.id}>
            <h4>{name}</h4>
            <SeenTable of={name} rows={seenRows(link.metrics, from.metrics)} notes={seenNotes(link.metrics, false)} />
          </div>
        );
      })}
      {links.length > MOST_PARTS && <p className={classes.notes}>{`The first ${MOST_PARTS} parts of ${links.length}; the table has all of them.`}</p>}
    </section>
  );
}
