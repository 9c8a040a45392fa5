import { travel } from './time-travel';

/**
 * Takes the window back to an instant of the first replication of the run on display, in ms of simulated time: canvas, instances, fault
 * marks and the cursors of the charts show the state there, after everything that happens at the instant. Nothing happens while the run
 * goes on or where none is known; an instant outside the run counts as its nearest end, and the end is the present.
 */
export function goToTime(simulatedMs: number): void {
  travel.goTo({ by: 'time', ms: simulatedMs });
}
