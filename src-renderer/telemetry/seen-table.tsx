import type { SeenRow } from './seen-rows';
import classes from './telemetry.module.css';

interface SeenTableProps {
  /** Name of the part, for screen readers. */
  readonly of: string;
  readonly rows: readonly SeenRow[];
  readonly notes: readonly string[];
}

/** What a collector shows of one part, beside the truth. */
export function SeenTable({ of, rows, notes }: SeenTableProps) {
  return (
    <>
      <table className={classes.table} aria-label={`${of}: seen and true`}>
        <thead>
          <tr>
            <th scope="col">Number</th>
            <th scope="col" title="What the collector shows; below it how far that is off: in percent of the truth, or in percentage points of a share">
              Seen, off by
            </th>
            <th scope="col" title="What it really is">
              True
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.metric} title={row.help}>
              <th scope="row">{row.title}</th>
              <td className="tl-number">
                <b>{row.seen}</b> {row.off !== '' && <span className={classes.off}>{row.off}</span>}
              </td>
              <td className="tl-number">{row.truth}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {notes.length > 0 && <p className={classes.notes}>{notes.join(' ')}</p>}
    </>
  );
}
