import type { Core } from './core';

/** What stands before a station: rate limits, shedding, deadlines, errors injected by a fault, servers that start on demand. */
export interface Gates {
  /**
   * A request reaches a gated station (ROLE_GATED). Returns REASON_OK: it may enter; a reason: it is refused;
   * HELD: the gate keeps it and will let it in by OP_RELEASE.
   */
  enter(frame: number, node: number): number;
  /** The request was admitted, to service or to the queue. */
  queued(frame: number, node: number): void;
  /** OP_PATIENCE: a request may have waited too long. */
  impatient(frame: number): void;
}

/** The gate keeps the request. */
export const HELD = -1;

/** Builds the gates of a plan. */
export function createGates(_core: Core): Gates {
  return { enter: () => 0, queued: () => {}, impatient: () => {} };
}
