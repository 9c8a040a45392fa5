import type { EventList } from './event-list';
import { OP_BITS, OP_CONTROL, T_TIME } from './layout';

/**
 * Events that belong to no request: faults, scaling decisions, health checks, breakers. They are rare next to requests, so that
 * each may have a function of its own. A control has at most one pending instant.
 */
export interface Controls {
  /** Registers a function and returns the number of its control. Controls of a plan are added once, when its engine is built. */
  add(run: () => void): number;
  /** Makes a control pending at an instant (ns), instead of the one that was pending. */
  at(control: number, ns: number): void;
  cancel(control: number): void;
  pending(control: number): boolean;
  /** Runs a control that is due. */
  run(control: number): void;
  /** Forgets what is pending; the event list has been cleared. */
  reset(): void;
}

/** Builds the controls of an engine; `reserveEvent` gives each a record for its pending instant. */
export function createControls(list: EventList, times: Float64Array, reserveEvent: () => number): Controls {
  const functions: (() => void)[] = [];
  const events: number[] = [];
  const waiting: boolean[] = [];
  const cancel = (control: number): void => {
    if (waiting[control] !== true) return;
    waiting[control] = false;
    list.remove(events[control] as number);
  };
  return {
    add(run) {
      events.push(reserveEvent());
      waiting.push(false);
      return functions.push(run) - 1;
    },
    at(control, ns) {
      cancel(control);
      if (!Number.isFinite(ns)) return;
      waiting[control] = true;
      const event = events[control] as number;
      times[(event >> 1) + T_TIME] = Math.max(ns, list.clock[0] as number);
      list.insert(event, OP_CONTROL | (control << OP_BITS));
    },
    cancel,
    pending: (control) => waiting[control] === true,
    run(control) {
      waiting[control] = false;
      (functions[control] as () => void)();
    },
    reset() {
      waiting.fill(false);
    },
  };
}
