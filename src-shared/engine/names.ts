/** Names of what layout.ts knows by number, in that order. */

/** Life of an instance: INSTANCE_UP and on. */
export const INSTANCE_STATES = ['up', 'off', 'starting', 'draining', 'down', 'paused'] as const;

/** Disciplines of a station: FIFO and on. */
export const DISCIPLINES = [
  'fifo',
  'lifo',
  'priority',
  'shortest-job',
  'lifo-preemptive',
  'priority-preemptive',
  'shortest-remaining',
  'processor-sharing',
] as const;
