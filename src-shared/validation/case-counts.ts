/** Reference cases of one topic: how many there are and how many numbers they expect; kept equal to the table by a test. */
export interface CaseCount {
  /** What the families of the topic begin with. */
  readonly prefix: string;
  readonly title: string;
  readonly cases: number;
  readonly numbers: number;
}

/** How much the validation suite checks, small enough to be part of the window, which does without the table itself. */
export const CASE_COUNTS: readonly CaseCount[] = [
  { prefix: 'queue', title: 'Queues: M/M/c, M/G/1, priorities, disciplines, closed and open networks, hand-worked schedules', cases: 63, numbers: 334 },
  { prefix: 'sampling', title: 'Random numbers: distributions drawn from', cases: 8, numbers: 37 },
  { prefix: 'scaling', title: 'Scaling: one fast server against many, pooling, staffing', cases: 6, numbers: 23 },
  { prefix: 'lb', title: 'Load balancing: power of d choices, shortest queue, hashing, sessions', cases: 24, numbers: 87 },
  { prefix: 'forkjoin', title: 'Fan-out: fork and join, order statistics, hedged requests, the tail at scale', cases: 20, numbers: 54 },
  { prefix: 'link', title: 'Links: store and forward, bandwidth and delay, token buckets', cases: 13, numbers: 36 },
  { prefix: 'fault', title: 'Faults: retries, breakers, backoff, abandonment, availability, metastable failure', cases: 23, numbers: 61 },
  { prefix: 'law', title: 'Speed-up: Amdahl, Gustafson, the Universal Scalability Law', cases: 12, numbers: 45 },
  { prefix: 'autoscale', title: 'Autoscaling, setup times and cold starts', cases: 10, numbers: 32 },
  { prefix: 'consistency', title: 'Copies of data: stale reads behind a replication lag', cases: 2, numbers: 3 },
  { prefix: 'consensus', title: 'Elections: first timeouts, split votes, downtime, majorities', cases: 18, numbers: 57 },
  { prefix: 'detect', title: 'Failure detection by heartbeats', cases: 1, numbers: 3 },
];
