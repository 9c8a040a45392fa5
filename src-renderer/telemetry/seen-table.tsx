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
            <th scope="col" title="What the collector shows">
              Seen
            </th>
            <th scope="col" title="What it really is">
              True
            </th>
            <th scope="col" title="Seen against true: in percent of the truth, or in percentage points of a share">
              Off by
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.metric} title={row.help}>
              <th scope="row">{row.title}</th>
              <td className="tl-number">{row.seen}</td>
              <td className="tl-number">{row.truth}</td>
              <td className="tl-number">{row.off}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {notes.length > 0 && <p className={classes.notes}>{notes.join(' ')}</p>}
    </>
  );
}
