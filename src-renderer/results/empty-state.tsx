import type { ReactNode } from 'react';
import classes from './empty-state.module.css';

/** What a panel says that has nothing to show: why, and what to do. */
export function EmptyState({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <div className={classes.empty}>
      <strong>{title}</strong>
      <p>{children}</p>
    </div>
  );
}
