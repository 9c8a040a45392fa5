import classes from './instance-strip.module.css';
import { type InstanceState, loadStep } from './instances';

/** Signs of the states in a box of 10 by 10: shape tells what colour tells. */
const SIGNS: Readonly<Record<InstanceState, string>> = {
  up: '',
  off: '',
  starting: 'M5 8V2.5M2.5 5 5 2.5 7.5 5',
  draining: 'M5 2v5.5M2.5 5 5 7.5 7.5 5',
  down: 'M2.5 2.5l5 5M7.5 2.5l-5 5',
  paused: 'M3.5 2.5v5M6.5 2.5v5',
};

interface InstanceCellProps {
  readonly state: InstanceState;
  /** 0 empty, 1 all servers busy. */
  readonly load: number;
  /** Whether it leads the copies of the same data: it is larger, with a strong frame. */
  readonly isPrimary: boolean;
  readonly title?: string;
}

/** One instance as a small square: filled by its load, with a sign where it is not simply up and a strong frame where it is the primary. */
export function InstanceCell({ state, load, isPrimary, title }: InstanceCellProps) {
  const serves = state === 'up' || state === 'draining' || state === 'paused';
  return (
    <span className={classes.cell} data-state={state} data-load={loadStep(load)} data-primary={isPrimary || undefined} title={title}>
      {serves && <i style={{ height: `${Math.min(1, load) * 100}%` }} />}
      {SIGNS[state] !== '' && (
        <svg viewBox="0 0 10 10" aria-hidden="true" role="presentation">
          <path d={SIGNS[state]} />
        </svg>
      )}
    </span>
  );
}
