import { IconAlertTriangle } from '@tabler/icons-react';
import classes from './reasons.module.css';

/** Why an experiment cannot run, or did not come to its end. */
export function Reasons({ title, lines }: { readonly title: string; readonly lines: readonly string[] }) {
  return (
    <div className={classes.reasons} role="alert">
      <IconAlertTriangle size={16} aria-hidden="true" />
      <div>
        <b>{title}</b>
        <ul>
          {[...new Set(lines)].map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      </div>
    </div>
  );
}
