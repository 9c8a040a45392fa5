import { formatDuration } from '../../src-shared/base/format';
import type { Terminal } from './terminal';

/** On a screen the line is renewed this often; in a log a line is added only this often. In ms of wall time. */
const SCREEN_EVERY = 100;
const LOG_EVERY = 5000;

/** Shows how far a long task is and how long the rest will take, from the pace so far. */
export function progressMeter(terminal: Terminal, task: string, now: () => number): (share: number) => void {
  const begun = now();
  let last = begun;
  return (share) => {
    const time = now();
    if (time - last < (terminal.status === null ? LOG_EVERY : SCREEN_EVERY)) return;
    last = time;
    const line = progressLine(task, share, time - begun);
    if (terminal.status === null) terminal.log(line);
    else terminal.status(line);
  };
}

/** `Simulating: 42 %, 12 s left`; without an estimate until there is a pace to go by. */
export function progressLine(task: string, share: number, elapsedMs: number): string {
  const left = share > 0.005 ? `, ${formatDuration(Math.max(0, (elapsedMs / share) * (1 - share)))} left` : '';
  return `${task}: ${Math.floor(share * 100)} %${left}`;
}
