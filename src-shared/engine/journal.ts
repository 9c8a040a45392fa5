/** What a run notes beside its numbers: rare happenings that explain them. */
export const JOURNAL_TYPES = [
  'fault-begins',
  'fault-ends',
  'instance-state', // value: index into INSTANCE_STATES
  'scaling-decision', // value: instances wanted
  'resize', // value: servers from now on
  'failover', // instance: the one that takes over
  'breaker-opened',
  'breaker-half-open',
  'breaker-closed',
  'target-out', // component: the balancer; value: node that was taken out
  'target-back',
  'telemetry-dropped', // component: the part; link: to the collector; value: spans dropped or lost since the last report
  'suspicion', // instance: the copy that has not heard from its primary for too long
  'election', // instance: the candidate; value: term
  'promotion', // instance: the new primary; value: term; lost: acknowledged writes that are lost by it
  'rejoin', // instance: the copy that follows again; value: writes that it had to give up, -1: it got a full copy
] as const;
export type JournalType = (typeof JOURNAL_TYPES)[number];

export interface JournalEntry {
  /** ns */
  readonly at: number;
  readonly type: JournalType;
  /** Index in the plan; -1: none. */
  readonly component: number;
  /** Within its component; -1: all or none. */
  readonly instance: number;
  readonly link: number;
  /** Index of the plan's fault; -1: none. */
  readonly fault: number;
  readonly value: number;
  /** Of a promotion: acknowledged writes that were lost by it. */
  readonly lost: number;
}

/** Entries that a run keeps; later ones are only counted. */
const LIMIT = 10_000;

/** Keeps the first entries of a run. */
export interface Journal {
  readonly entries: JournalEntry[];
  /** Entries beyond the limit. */
  dropped(): number;
  note(type: JournalType, about: Partial<Omit<JournalEntry, 'at' | 'type'>>): void;
  reset(): void;
}

/** Starts a journal; `clock[0]` is the simulated time in ns. */
export function createJournal(clock: Float64Array): Journal {
  const entries: JournalEntry[] = [];
  let dropped = 0;
  return {
    entries,
    dropped: () => dropped,
    note(type, about) {
      if (entries.length < LIMIT) entries.push({ at: clock[0] as number, type, component: -1, instance: -1, link: -1, fault: -1, value: 0, lost: 0, ...about });
      else dropped++;
    },
    reset() {
      entries.length = 0;
      dropped = 0;
    },
  };
}
