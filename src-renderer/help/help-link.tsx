import type { ReactNode } from 'react';
import classes from './help.module.css';
import { showHelp } from './help-store';

/** A link to a page of the help, inside the help or from anywhere else. */
export function HelpLink({ page, children }: { readonly page: string; readonly children: ReactNode }) {
  return (
    <button type="button" className={classes.link} onClick={() => showHelp(page)}>
      {children}
    </button>
  );
}
