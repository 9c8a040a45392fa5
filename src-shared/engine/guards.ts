import type { Core } from './core';
import type { Routers } from './routers';

/**
 * Guarded calls: what a caller does about a call that fails or is slow. The call frame itself becomes the guard (STATE_GUARD, at
 * the pseudo-node `plan.nodes.length`); its attempts are calls of which it is the parent.
 */
export interface Guards {
  /** A call is about to be put on a link with a policy. */
  start(frame: number, link: number): void;
  /** An attempt of a guarded call is settled; `tag` is the attempt's, `sent` when it was made (ns). */
  settled(guard: number, reason: number, tag: number, sent: number): void;
  /** OP_GUARD: the wait before a retry, or before a hedge, is over. */
  due(guard: number): void;
  /** The caller has gone: drops what the guard was waiting for. Its attempts are called back by others. */
  forget(guard: number): void;
  reset(): void;
}

/** What guards need of the life of requests. */
export interface GuardSteps {
  /** Prepares an attempt whose parent is the guard. */
  prepare(parent: number, link: number, target: number, tag: number): number;
  /** Puts an attempt on its link, whatever the policy of the link. */
  dispatch(frame: number, link: number): void;
  /** Tells the caller of a guarded call its outcome, and gives the guard's frame back. */
  conclude(frame: number, reason: number): void;
  /** Counts an attempt that is under way as ended with a reason and cuts it loose; its work goes on. Returns its link. */
  giveUp(frame: number, reason: number): number;
  /** Calls back an attempt that was given up, with everything that is under way for it. */
  cancel(frame: number): void;
}

/** Builds the guards of a plan. */
export function createGuards(_core: Core, _routers: Routers, steps: GuardSteps): Guards {
  return {
    start: (frame, link) => steps.dispatch(frame, link),
    settled: (guard, reason) => steps.conclude(guard, reason),
    due: () => {},
    forget: () => {},
    reset: () => {},
  };
}
