import { isTelemetry } from '../../src-shared/project/connection';
import { useLiveComponent, useLiveLink } from '../run/live';
import { useRun } from '../run/run';
import { seenNotes, seenRows } from './seen-rows';
import { SeenTable } from './seen-table';
import classes from './telemetry.module.css';

/** What the collector at the far end of a link shows of the part before it, beside the truth, now or over the finished run. */
function SeenPart({ linkId, partId, name }: { readonly linkId: string; readonly partId: string; readonly name: string }) {
  const link = useLiveLink(linkId);
  const part = useLiveComponent(partId);
  if (link === null || part === null) return null;
  return (
    <div data-testid="seen-part">
      <h4 className={classes.part}>{name}</h4>
      <SeenTable of={name} rows={seenRows(link.values, part.values, link.truth)} notes={seenNotes(link.values, link.from === 'live')} />
    </div>
  );
}

/** Parts of which a collector tells one by one; the table of results has all of them. */
const MOST_PARTS = 20;

/** Seen and true: of every part that reports to a collector, or of the one before a link to a collector. Nothing for other records. */
export function SeenLive({ recordId }: { readonly recordId: string }) {
  const design = useRun((state) => state.project?.designs.find(({ id }) => id === state.designId));
  if (design === undefined) return null;
  const links = design.links.filter((link) => (link.id === recordId || link.to === recordId) && isTelemetry(design, link));
  if (links.length === 0) return null;
  return (
    <section className={classes.section} aria-label="Seen and true">
      <h3 className="tl-heading">Seen and true</h3>
      {links.slice(0, MOST_PARTS).map((link) => (
        <SeenPart key={link.id} linkId={link.id} partId={link.from} name={design.components.find(({ id }) => id === link.from)?.name ?? link.from} />
      ))}
    </section>
  );
}
